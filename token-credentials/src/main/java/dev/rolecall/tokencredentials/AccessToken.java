package dev.rolecall.tokencredentials;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import dev.rolecall.renewal.Lifetime;
import dev.rolecall.renewal.RenewableCredential;
import io.grpc.Metadata;
import java.security.MessageDigest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An access token, a secret, and for how long it is used. Immutable; {@code toString} masks it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-2.1">RFC 6750, section 2.1</a>
 */
public final class AccessToken implements RenewableCredential {

  /** The most characters of a token: gRPC servers take 8 KiB of headers by default. */
  static final int MOST_CHARACTERS = 8_192;

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final String text;
  private final Lifetime lifetime;
  private final Metadata metadata = new Metadata();

  private AccessToken(String text, Lifetime lifetime) {
    if (!isToken(text)) {
      // A secret, which no message quotes.
      throw new IllegalArgumentException(
          "access token: of "
              + text.length()
              + " characters (expected: 1 to "
              + MOST_CHARACTERS
              + " of RFC 6750, section 2.1)");
    }
    this.text = text;
    this.lifetime = requireNonNull(lifetime, "lifetime");
    metadata.put(AUTHORIZATION, "Bearer " + text);
  }

  /**
   * A token that was issued just now. It is renewed when two thirds of its life are over, and not
   * used in its last sixth, as {@link Lifetime#of(Instant, Instant)} has it.
   *
   * @param now the time, by the clock that ages it
   * @param end its end
   * @throws IllegalArgumentException if the text is no token of at most 8,192 characters, or the
   *     end lies before now; the message does not quote the text
   */
  public static AccessToken issued(String text, Instant now, Instant end) {
    return new AccessToken(text, Lifetime.of(now, end));
  }

  /**
   * A token with a life of your own making.
   *
   * @throws IllegalArgumentException if the text is no token of at most 8,192 characters; the
   *     message does not quote it
   */
  public static AccessToken of(String text, Lifetime lifetime) {
    return new AccessToken(text, lifetime);
  }

  /** Whether the text can stand behind {@code Bearer}: {@code b64token} of RFC 6750. */
  static boolean isToken(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '=') {
      end--;
    }
    return end > 0
        && text.length() <= MOST_CHARACTERS
        && text.chars().limit(end).allMatch(AccessToken::isOfTokens);
  }

  private static boolean isOfTokens(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "-._~+/".indexOf(c) >= 0;
  }

  /** The token itself, a secret. */
  public String text() {
    return text;
  }

  @Override
  public Lifetime lifetime() {
    return lifetime;
  }

  @Override
  public Metadata metadata() {
    return metadata;
  }

  /** Compares the texts in constant time. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AccessToken token
        && MessageDigest.isEqual(text.getBytes(US_ASCII), token.text.getBytes(US_ASCII));
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "AccessToken[****]";
  }
}
