package dev.rolecall.policy.condition;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.internal.InvalidValue;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The name of a header that a rule may read: lower case, at most 200 characters of {@code
 * [a-z0-9_.-]}.
 *
 * <p>Refused are the names of headers that the transport or gRPC itself reads or sets, of those
 * that hold bytes, and of those that may hold a credential. A policy must not compare secrets: its
 * text would hold them, and an explanation would say how near a guess is.
 *
 * @param value the name
 * @see <a href="https://github.com/grpc/proposal/blob/master/A43-grpc-authorization-api.md">gRFC
 *     A43, whose list of refused names this one extends</a>
 */
public record HeaderName(String value) implements Comparable<HeaderName> {

  /** The form in words, as a message says it. */
  public static final String EXPECTED =
      "1 to 200 lower-case letters, digits, hyphens, underscores and dots";

  private static final Pattern FORM = Pattern.compile("[a-z0-9_.-]{1,200}");
  private static final Pattern MIXED_CASE = Pattern.compile("[A-Za-z0-9_.-]{1,200}");

  private static final String FOR_METHODS = "a header's name; paths mean the methods";
  private static final String FOR_TEXT = "a header that the application itself sends as text";
  private static final String FOR_CLAIMS =
      "a header that holds no credential; principals mean the callers";

  /** RFC 9110, section 7.6.1, and {@code host}, which HTTP/2 sends as a pseudo-header. */
  private static final Set<String> OF_TRANSPORT =
      Set.of("host", "connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade");

  /** The header of a grant token, which the guard reads. */
  private static final String GRANT_TOKEN = "rolecall-grant";

  /**
   * A word between separators that names a credential, or ends as the name of one does: {@code
   * authtoken} as well as {@code token}.
   */
  private static final Pattern CREDENTIAL =
      Pattern.compile(
          "(^|[_.-])([a-z0-9]*(token|secret|password|credentials?|apikey|accesskey|secretkey"
              + "|privatekey|signature|cookie|jwt|assertion|authorization)"
              + "|auth|bearer|csrf|dpop|hmac|key|oidc|otp|passcode|passphrase|passwd|pin|pwd|saml"
              + "|secrets|session|sessionid|sid|sig|xsrf)([_.-]|$)");

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the value breaks a rule above; the message says what would
   *     be right
   */
  public HeaderName {
    requireNonNull(value, "value");
    Optional<String> expected = expectedInsteadOf(value);
    if (expected.isPresent()) {
      throw InvalidValue.broken("header", value, expected.get());
    }
  }

  /**
   * The header of that name.
   *
   * @throws IllegalArgumentException if the text breaks a rule above
   */
  public static HeaderName parse(String text) {
    return new HeaderName(text);
  }

  /** Whether a rule may read a header of that name. */
  public static boolean isReadable(String text) {
    return expectedInsteadOf(text).isEmpty();
  }

  private static Optional<String> expectedInsteadOf(String text) {
    if (text.startsWith(":")) {
      return Optional.of(FOR_METHODS);
    }
    if (!FORM.matcher(text).matches()) {
      return Optional.of(
          MIXED_CASE.matcher(text).matches()
              ? text.toLowerCase(Locale.ROOT) + ", in lower case"
              : EXPECTED);
    }
    if (OF_TRANSPORT.contains(text)
        || text.startsWith("grpc-")
        || text.startsWith("proxy-")
        || text.endsWith("-bin")) {
      return Optional.of(FOR_TEXT);
    }
    return text.equals(GRANT_TOKEN) || CREDENTIAL.matcher(text).find()
        ? Optional.of(FOR_CLAIMS)
        : Optional.empty();
  }

  @Override
  public int compareTo(HeaderName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
