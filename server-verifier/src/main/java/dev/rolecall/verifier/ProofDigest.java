package dev.rolecall.verifier;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.rolecall.proof.CallerProof;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The SHA-256 of a proof's text: what a proof is known by before STS has confirmed it. 32 bytes and
 * no secret, however long the proof; and, unlike the proof's own hash code, nothing a peer could
 * choose so that many proofs fall into one bucket.
 *
 * @param place where {@link SeenSignatures} counts the proof; two that are equal have the same
 */
record ProofDigest(long first, long second, long third, long fourth, int place) {

  static ProofDigest of(CallerProof proof) {
    ByteBuffer digest = ByteBuffer.wrap(sha256().digest(proof.text().getBytes(ISO_8859_1)));
    return new ProofDigest(
        digest.getLong(),
        digest.getLong(),
        digest.getLong(),
        digest.getLong(),
        SeenSignatures.placeOf(proof));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
