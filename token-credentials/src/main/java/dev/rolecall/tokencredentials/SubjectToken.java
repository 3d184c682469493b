package dev.rolecall.tokencredentials;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.InvalidValue;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A token that is presented in a token exchange: of the subject, or of who acts for it.
 *
 * @param secret the token, asked for at each renewal
 * @param type its type, a URI such as {@link #JWT}
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8693#section-3">RFC 8693, section 3</a>
 */
public record SubjectToken(SecretSource secret, String type) {

  /** The type of an OAuth 2 access token. */
  public static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

  /** The type of a JWT. */
  public static final String JWT = "urn:ietf:params:oauth:token-type:jwt";

  /** The type of an ID token of OpenID Connect. */
  public static final String ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";

  private static final Pattern URI_TEXT = Pattern.compile("[a-z][a-z0-9+.-]*:[!-~]{1,250}");

  /**
   * Checks the type.
   *
   * @throws IllegalArgumentException if it is no absolute URI of at most 250 characters
   */
  public SubjectToken {
    requireNonNull(secret, "secret");
    checkType(type);
  }

  /** A token in a file, read at each renewal. */
  public static SubjectToken inFile(Path file, String type) {
    return new SubjectToken(SecretSource.file(file), type);
  }

  static String checkType(String type) {
    if (!URI_TEXT.matcher(type).matches()) {
      throw InvalidValue.of("token type", type, "an absolute URI, such as " + JWT);
    }
    return type;
  }

  @Override
  public String toString() {
    return "SubjectToken[" + type + ", ****]";
  }
}
