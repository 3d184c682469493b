package dev.rolecall.tokens.internal.http;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Optional;

/**
 * A request to an issuer: a GET, or a POST of a form. No record: a form holds a token, and the
 * authorization a secret. {@code toString} shows the URL alone.
 */
public final class IssuerRequest {

  private final URI uri;
  private final int longest;
  private final Optional<String> authorization;
  private final Optional<String> form;

  private IssuerRequest(
      URI uri, int longest, Optional<String> authorization, Optional<String> form) {
    this.uri = requireNonNull(uri, "uri");
    this.longest = longest;
    this.authorization = authorization;
    this.form = form;
  }

  /**
   * A GET.
   *
   * @param longest the most bytes of a body that are read
   */
  public static IssuerRequest get(URI uri, int longest) {
    return new IssuerRequest(uri, longest, Optional.empty(), Optional.empty());
  }

  /**
   * A POST.
   *
   * @param longest the most bytes of a body that are read
   * @param authorization the value of the field, a secret
   * @param form the body, {@code application/x-www-form-urlencoded}
   */
  public static IssuerRequest post(URI uri, int longest, String authorization, String form) {
    return new IssuerRequest(uri, longest, Optional.of(authorization), Optional.of(form));
  }

  /** Where it goes. */
  public URI uri() {
    return uri;
  }

  /** The most bytes of a body that are read. */
  public int longest() {
    return longest;
  }

  /** The value of {@code Authorization}. A secret. */
  public Optional<String> authorization() {
    return authorization;
  }

  /** The body of a POST, a secret; empty for a GET. */
  public Optional<String> form() {
    return form;
  }

  @Override
  public String toString() {
    return "IssuerRequest[" + uri + ", ****]";
  }
}
