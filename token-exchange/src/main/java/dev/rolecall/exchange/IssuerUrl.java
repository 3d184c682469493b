package dev.rolecall.exchange;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.InvalidValue;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * The name of an exchange as an issuer of tokens: the claim {@code iss}, character by character,
 * and the URL that its documents lie under.
 *
 * @param text {@code https://host[:port][/path]}, at most 255 characters: the host in lower case,
 *     no slash at the end, no query, fragment or user. {@code http://} for {@code localhost},
 *     {@code 127.0.0.1} and {@code [::1]} alone
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8414#section-2">RFC 8414, section 2, issuer</a>
 */
public record IssuerUrl(String text) {

  private static final int LONGEST = 255;
  private static final String PLACE = "(:[0-9]{1,5})?(/[A-Za-z0-9._~-]{1,100})*";
  private static final Pattern SECURE =
      Pattern.compile("https://([a-z0-9.-]{1,200}|\\[[0-9a-f:]{2,45}\\])" + PLACE);
  private static final Pattern LOOPBACK =
      Pattern.compile("http://(localhost|127\\.0\\.0\\.1|\\[::1\\])" + PLACE);

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the text breaks the rule above
   */
  public IssuerUrl {
    requireNonNull(text, "text");
    if (!isValid(text)) {
      throw InvalidValue.of(
          "issuer",
          text,
          "https://HOST[:PORT][/PATH] in lower case, without a slash at the end; http on loopback"
              + " only");
    }
  }

  /**
   * The issuer of that URL.
   *
   * @throws IllegalArgumentException if the text breaks the rule above
   */
  public static IssuerUrl parse(String text) {
    return new IssuerUrl(text);
  }

  private static boolean isValid(String text) {
    return text.length() <= LONGEST
        && (SECURE.matcher(text).matches() || LOOPBACK.matcher(text).matches());
  }

  /** The URL of a document or an endpoint under it. */
  String at(String place) {
    return text + place;
  }

  /** The path of its URL; empty if it has none. */
  String path() {
    return URI.create(text).getRawPath();
  }

  @Override
  public String toString() {
    return text;
  }
}
