package dev.rolecall.jwt.key;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Optional;

/** Pairs of keys: generated, or a private key with the public key that follows from it. */
final class KeyPairs {

  private static final int RSA_BITS = 2_048;

  private KeyPairs() {}

  static KeyPair generate(KeyKind kind, SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(factory(kind));
      generator.initialize(parameters(kind), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(kind + ": the JDK makes no such key", e);
    }
  }

  private static AlgorithmParameterSpec parameters(KeyKind kind) {
    return switch (kind) {
      case RSA -> new RSAKeyGenParameterSpec(RSA_BITS, RSAKeyGenParameterSpec.F4);
      case ED25519 -> NamedParameterSpec.ED25519;
      case P_256, P_384, P_521 -> new ECGenParameterSpec(EllipticCurve.of(kind).sec2Name());
    };
  }

  private static String factory(KeyKind kind) {
    return switch (kind) {
      case RSA -> "RSA";
      case ED25519 -> "Ed25519";
      case P_256, P_384, P_521 -> "EC";
    };
  }

  /**
   * The pair of a PKCS#8 private key.
   *
   * @throws IllegalArgumentException if it is not of that kind; the message quotes nothing of it
   */
  static KeyPair ofPkcs8(KeyKind kind, byte[] der) {
    try {
      PrivateKey key =
          KeyFactory.getInstance(factory(kind)).generatePrivate(new PKCS8EncodedKeySpec(der));
      return new KeyPair(publicKey(kind, key), key);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "private key: not of its algorithm (expected: " + kind + ")");
    }
  }

  private static PublicKey publicKey(KeyKind kind, PrivateKey key) throws GeneralSecurityException {
    if (key instanceof RSAPrivateCrtKey rsa) {
      return PublicKeys.rsa(rsa.getModulus(), rsa.getPublicExponent());
    }
    if (key instanceof ECPrivateKey ec) {
      EllipticCurve curve = EllipticCurve.of(kind);
      if (EllipticCurve.of(ec.getParams()).equals(Optional.of(curve))
          && curve.isScalar(ec.getS())) {
        return PublicKeys.ec(curve, curve.publicPoint(ec.getS()));
      }
    }
    if (key instanceof EdECPrivateKey edwards) {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(factory(kind));
      generator.initialize(parameters(kind), new Seed(edwards.getBytes().orElseThrow()));
      return generator.generateKeyPair().getPublic();
    }
    throw new GeneralSecurityException("no public key follows from it");
  }

  /**
   * The seed of an Ed25519 key (RFC 8032, section 5.1.5) as the randomness it once was. The JDK has
   * no other way from the private key to the public one.
   */
  private static final class Seed extends SecureRandom {

    private static final long serialVersionUID = 1;

    private final byte[] bytes;

    Seed(byte[] bytes) {
      this.bytes = bytes.clone();
    }

    @Override
    public void nextBytes(byte[] wanted) {
      System.arraycopy(bytes, 0, wanted, 0, Math.min(bytes.length, wanted.length));
    }
  }
}
