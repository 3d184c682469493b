package dev.rolecall.jwt.key;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * A private key that signs by one algorithm, with its public key. Immutable and safe for use by
 * many threads. {@code toString} shows no number of it.
 */
public final class SigningKey {

  private static final byte[] PROBE = "a key signs what it verifies".getBytes(US_ASCII);
  private static final long MOST_BYTES = 65_536;

  private final Algorithm algorithm;
  private final PrivateKey key;
  private final VerificationKey verificationKey;
  private final SecureRandom random;

  private SigningKey(Algorithm algorithm, Optional<String> kid, KeyPair pair, SecureRandom random) {
    this.algorithm = algorithm;
    this.key = pair.getPrivate();
    this.random = random;
    VerificationKey unnamed =
        VerificationKey.of(Optional.empty(), Optional.of(algorithm), pair.getPublic());
    this.verificationKey =
        VerificationKey.of(
            Optional.of(kid.orElseGet(unnamed::thumbprint)),
            Optional.of(algorithm),
            pair.getPublic());
    if (!verificationKey.verify(algorithm, PROBE, sign(PROBE))) {
      throw new IllegalArgumentException("private key: it does not belong to its public key");
    }
  }

  /**
   * A new key; its id is its thumbprint. RSA keys have 2,048 bits. Takes up to a second of CPU time
   * for RSA.
   */
  public static SigningKey generate(Algorithm algorithm, SecureRandom random) {
    requireNonNull(random, "random");
    return new SigningKey(
        algorithm, Optional.empty(), KeyPairs.generate(algorithm.kind(), random), random);
  }

  /**
   * The key of a pair, such as one of a key store.
   *
   * @param kid its id; empty for its thumbprint (RFC 7638)
   * @throws IllegalArgumentException if the pair is not of the algorithm's kind, its keys do not
   *     belong together, or it breaks a rule of {@link KeyFlaw}
   */
  public static SigningKey of(
      Algorithm algorithm, Optional<String> kid, KeyPair pair, SecureRandom random) {
    requireNonNull(random, "random");
    return new SigningKey(algorithm, kid, pair, random);
  }

  /**
   * The key in the text of a PEM file: one unencrypted PKCS#8 key, of at most 16,384 characters.
   * The public key is computed from it.
   *
   * @param kid its id; empty for its thumbprint (RFC 7638)
   * @throws IllegalArgumentException if the text holds no such key, the key breaks a rule of {@link
   *     KeyFlaw}, or the id is malformed; the message quotes nothing of the text
   */
  public static SigningKey fromPem(
      Algorithm algorithm, Optional<String> kid, String pem, SecureRandom random) {
    requireNonNull(random, "random");
    KeyPair pair = KeyPairs.ofPkcs8(algorithm.kind(), PemText.decode(pem));
    return new SigningKey(algorithm, kid, pair, random);
  }

  /**
   * The key in a PEM file, as {@link #fromPem} reads it. Blocks on the file.
   *
   * @throws IOException if the file cannot be read, or is larger than 64 KiB
   * @throws IllegalArgumentException if it holds no such key
   */
  public static SigningKey fromFile(
      Algorithm algorithm, Optional<String> kid, Path file, SecureRandom random)
      throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException(file + ": larger than 64 KiB (expected: a PEM file with one key)");
    }
    return fromPem(algorithm, kid, Files.readString(file, US_ASCII), random);
  }

  /**
   * The key that was kept as {@link #secretPkcs8}.
   *
   * @param kid its id; empty for its thumbprint (RFC 7638)
   * @throws IllegalArgumentException as {@link #fromPem}
   */
  public static SigningKey fromPkcs8(
      Algorithm algorithm, Optional<String> kid, byte[] der, SecureRandom random) {
    requireNonNull(random, "random");
    return new SigningKey(algorithm, kid, KeyPairs.ofPkcs8(algorithm.kind(), der), random);
  }

  /**
   * The private key as PKCS#8 (RFC 5208), for one who keeps it. It is the secret: seal it before it
   * is written.
   */
  public byte[] secretPkcs8() {
    return key.getEncoded();
  }

  /** The algorithm that it signs by. */
  public Algorithm algorithm() {
    return algorithm;
  }

  /** Its id, which tokens name. */
  public String kid() {
    return verificationKey.kid().orElseThrow();
  }

  /** The public key, as its issuer publishes it. */
  public VerificationKey verificationKey() {
    return verificationKey;
  }

  /** The signature over those bytes, in the form of RFC 7518. Takes up to 3 ms of CPU time. */
  public byte[] sign(byte[] input) {
    return SignatureRule.sign(algorithm, key, input, random);
  }

  @Override
  public String toString() {
    return "SigningKey[" + algorithm + ", ****]";
  }
}
