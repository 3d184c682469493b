package dev.rolecall.identity;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.Alphabet;
import dev.rolecall.identity.internal.InvalidValue;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The hash that a proof is bound to: the SHA-256 of a certificate or of a public key, in base64url
 * without padding. Not a secret.
 *
 * @param value 43 characters that decode to 32 bytes and encode to themselves again
 */
public record BindingHash(String value) {

  private static final int LENGTH = 43;

  /** The characters whose last two bits are zero: 32 bytes leave them over in the last one. */
  private static final Alphabet LAST = Alphabet.of("AEIMQUYcgkosw048");

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the value breaks the rule above
   */
  public BindingHash {
    requireNonNull(value, "value");
    if (!isValid(value)) {
      throw InvalidValue.of(
          "binding hash", value, "43 characters of base64url that encode 32 bytes");
    }
  }

  /** The hash of those bytes: a certificate's DER form, or a SubjectPublicKeyInfo. */
  public static BindingHash of(byte[] der) {
    return new BindingHash(ENCODER.encodeToString(sha256().digest(der)));
  }

  /**
   * Whether the text is a hash. One has one spelling: the two spare bits of the last character must
   * be zero.
   */
  public static boolean isValid(String value) {
    return Alphabet.BASE64URL.spells(value, LENGTH, LENGTH) && LAST.has(value.charAt(LENGTH - 1));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
