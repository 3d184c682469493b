package dev.rolecall.jwt.ring;

import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.key.KeyKind;
import dev.rolecall.jwt.key.SigningKey;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Optional;

/** A key of a ring with the text that stores it. No record: both are secrets. */
final class RingKey {

  private static final int RSA_BITS = 2_048;
  private static final int LINE = 64;

  private final String pem;
  private final SigningKey key;

  private RingKey(String pem, SigningKey key) {
    this.pem = pem;
    this.key = key;
  }

  /**
   * The key of that text.
   *
   * @throws IllegalArgumentException if it is none; the message quotes nothing of it
   */
  static RingKey of(Algorithm algorithm, String pem, SecureRandom random) {
    return new RingKey(pem, SigningKey.fromPem(algorithm, Optional.empty(), pem, random));
  }

  /** A new key. Takes up to a second of CPU time for RSA. */
  static RingKey generate(Algorithm algorithm, SecureRandom random) {
    try {
      KeyPairGenerator generator;
      if (algorithm.kind() == KeyKind.RSA) {
        generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(RSA_BITS, random);
      } else {
        generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      }
      byte[] der = generator.generateKeyPair().getPrivate().getEncoded();
      String body = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der);
      return of(
          algorithm,
          "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----",
          random);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(algorithm + ": the JDK makes no such key", e);
    }
  }

  /** The text that stores it. */
  String pem() {
    return pem;
  }

  SigningKey key() {
    return key;
  }

  @Override
  public String toString() {
    return "RingKey[****]";
  }
}
