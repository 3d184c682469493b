package dev.rolecall.apikeys;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A whole API key: {@code rck_}, the id of 12 characters, {@code _}, the secret of 43 and a
 * checksum of 6. All are digits of base 62, so that a key is one word to select, a legal bearer
 * token, and easy for leak scanners to find. A secret; {@code toString} masks it.
 *
 * <p>The checksum is the CRC-32 of id and secret. It keeps garbage and typing errors from being
 * looked up, and guards against nothing else: anyone can compute it. The secret has 256 random
 * bits, so a plain SHA-256 of it can be stored: there is no list of likely secrets to try.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-2.1">RFC 6750, section 2.1</a>
 */
public final class ApiKey {

  /** The first characters of each key. */
  public static final String PREFIX = "rck_";

  private static final int SECRET = 43;
  private static final int CHECKSUM = 6;
  private static final int AFTER_ID = PREFIX.length() + ApiKeyId.LENGTH;
  private static final int LENGTH = AFTER_ID + 1 + SECRET + CHECKSUM;

  private final ApiKeyId id;
  private final String secret;

  private ApiKey(ApiKeyId id, String secret) {
    this.id = requireNonNull(id, "id");
    this.secret = requireNonNull(secret, "secret");
  }

  /** The key of that text; empty if the text has another form or its checksum is wrong. */
  static Optional<ApiKey> parse(String text) {
    if (text.length() != LENGTH || !text.startsWith(PREFIX) || text.charAt(AFTER_ID) != '_') {
      return Optional.empty();
    }
    String id = text.substring(PREFIX.length(), AFTER_ID);
    String secret = text.substring(AFTER_ID + 1, AFTER_ID + 1 + SECRET);
    String checksum = text.substring(AFTER_ID + 1 + SECRET);
    return Base62.isValid(id, ApiKeyId.LENGTH)
            && Base62.isValid(secret, SECRET)
            && checksum.equals(checksum(id, secret))
        ? Optional.of(new ApiKey(new ApiKeyId(id), secret))
        : Optional.empty();
  }

  /** A new key of that id. */
  static ApiKey random(ApiKeyId id, SecureRandom random) {
    return new ApiKey(id, Base62.random(random, SECRET));
  }

  private static String checksum(String id, String secret) {
    CRC32 crc = new CRC32();
    crc.update((id + secret).getBytes(US_ASCII));
    return Base62.of(crc.getValue(), CHECKSUM);
  }

  /** The public part. */
  public ApiKeyId id() {
    return id;
  }

  /** The whole key, for its one printing. A secret. */
  public String text() {
    return PREFIX + id + "_" + secret + checksum(id.value(), secret);
  }

  /** What is stored of the secret. */
  SecretHash hash() {
    return SecretHash.of(secret.getBytes(US_ASCII));
  }

  /** Compares in time that depends on no character. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ApiKey that
        && id.equals(that.id)
        && MessageDigest.isEqual(secret.getBytes(US_ASCII), that.secret.getBytes(US_ASCII));
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return "ApiKey[" + id + ", ****]";
  }
}
