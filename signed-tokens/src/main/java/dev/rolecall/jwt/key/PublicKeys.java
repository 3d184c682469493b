package dev.rolecall.jwt.key;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.KeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** The JDK's public keys: made of numbers, told by kind, and judged by the rules of each kind. */
final class PublicKeys {

  /** The bytes of an Ed25519 public key. */
  static final int ED25519_SIZE = 32;

  /** The head of a SubjectPublicKeyInfo with 32 bytes of Ed25519 (RFC 8410, section 4). */
  private static final byte[] ED25519_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

  private PublicKeys() {}

  static PublicKey rsa(BigInteger modulus, BigInteger exponent) {
    return key("RSA", new RSAPublicKeySpec(modulus, exponent));
  }

  static PublicKey ec(EllipticCurve curve, ECPoint point) {
    return key("EC", new ECPublicKeySpec(point, curve.parameters()));
  }

  static PublicKey ed25519(byte[] raw) {
    byte[] encoded = Arrays.copyOf(ED25519_HEAD, ED25519_HEAD.length + raw.length);
    System.arraycopy(raw, 0, encoded, ED25519_HEAD.length, raw.length);
    return key("Ed25519", new X509EncodedKeySpec(encoded));
  }

  private static PublicKey key(String algorithm, KeySpec spec) {
    try {
      return KeyFactory.getInstance(algorithm).generatePublic(spec);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          algorithm + ": the JDK refuses a key that keeps the rules", e);
    }
  }

  /** The raw 32 bytes of an Ed25519 key. */
  static byte[] raw(EdECPublicKey key) {
    byte[] encoded = key.getEncoded();
    return Arrays.copyOfRange(encoded, encoded.length - ED25519_SIZE, encoded.length);
  }

  /** The kind of a key; empty if it is of none. */
  static Optional<KeyKind> kind(PublicKey key) {
    if (key instanceof RSAPublicKey) {
      return Optional.of(KeyKind.RSA);
    }
    if (key instanceof ECPublicKey point) {
      return EllipticCurve.of(point.getParams()).map(EllipticCurve::kind);
    }
    return key instanceof EdECPublicKey edwards
            && edwards.getParams().getName().equals(NamedParameterSpec.ED25519.getName())
        ? Optional.of(KeyKind.ED25519)
        : Optional.empty();
  }

  /** The rule that a key of that kind breaks. */
  static Optional<KeyFlaw> flaw(KeyKind kind, PublicKey key) {
    if (key instanceof RSAPublicKey rsa) {
      return RsaRules.flaw(rsa.getModulus(), rsa.getPublicExponent());
    }
    if (key instanceof ECPublicKey point && !EllipticCurve.of(kind).has(point.getW())) {
      return Optional.of(KeyFlaw.POINT);
    }
    return key instanceof EdECPublicKey edwards ? EdwardsRules.flaw(edwards) : Optional.empty();
  }
}
