package dev.rolecall.access.lookup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.rolecall.access.scheme.CredentialKey;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The SHA-256 of a credential's scheme and text: its name before an issuer has confirmed it. 32
 * bytes and no secret, however long the credential; and, unlike its key's own hash code, nothing a
 * peer could choose so that many credentials fall into one bucket.
 *
 * @param place where {@link PendingFilter} counts the credential; two that are equal have the same
 */
record CredentialDigest(long first, long second, long third, long fourth, int place) {

  static CredentialDigest of(CredentialKey key) {
    MessageDigest sha256 = sha256();
    // First, and of a fixed length: two schemes may have credentials of one text.
    sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, key.scheme()));
    ByteBuffer digest = ByteBuffer.wrap(sha256.digest(key.text().getBytes(ISO_8859_1)));
    return new CredentialDigest(
        digest.getLong(),
        digest.getLong(),
        digest.getLong(),
        digest.getLong(),
        PendingFilter.placeOf(key));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
