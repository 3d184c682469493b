package dev.rolecall.jwt.key;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;

/**
 * The JDK's signatures in the form that JWTs have. The length of a signature and the range of its
 * numbers are checked before the JDK sees it: JDK 17.0.0 to 17.0.2 took ECDSA signatures of zeros
 * (CVE-2022-21449).
 */
final class SignatureRule {

  private static final int ED25519_SIZE = 64;
  private static final int BITS = 8;
  private static final int TRAILER_FIELD = 1;

  private SignatureRule() {}

  static boolean isMet(Algorithm algorithm, PublicKey key, byte[] input, byte[] signature) {
    if (!isWellFormed(algorithm, key, signature)) {
      return false;
    }
    try {
      Signature check = instance(algorithm);
      check.initVerify(key);
      check.update(input);
      return check.verify(signature);
    } catch (SignatureException e) {
      return false; // no signature by its form, such as an Ed25519 one beyond the order
    } catch (InvalidKeyException e) {
      throw new IllegalStateException(algorithm + ": the JDK refuses a key that fits it", e);
    }
  }

  private static boolean isWellFormed(Algorithm algorithm, PublicKey key, byte[] signature) {
    return switch (algorithm.kind()) {
      case RSA -> signature.length == modulusSize(key);
      case ED25519 -> signature.length == ED25519_SIZE;
      case P_256, P_384, P_521 -> areScalars(EllipticCurve.of(algorithm.kind()), signature);
    };
  }

  private static int modulusSize(PublicKey key) {
    return (((RSAPublicKey) key).getModulus().bitLength() + BITS - 1) / BITS;
  }

  private static boolean areScalars(EllipticCurve curve, byte[] signature) {
    int size = curve.size();
    return signature.length == 2 * size
        && curve.isScalar(new BigInteger(1, Arrays.copyOf(signature, size)))
        && curve.isScalar(new BigInteger(1, Arrays.copyOfRange(signature, size, 2 * size)));
  }

  static byte[] sign(Algorithm algorithm, PrivateKey key, byte[] input, SecureRandom random) {
    try {
      Signature signature = instance(algorithm);
      signature.initSign(key, random);
      signature.update(input);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(algorithm + ": the key cannot sign", e);
    }
  }

  private static Signature instance(Algorithm algorithm) {
    try {
      return switch (algorithm) {
        case PS256 -> pss(algorithm, MGF1ParameterSpec.SHA256, 32);
        case PS384 -> pss(algorithm, MGF1ParameterSpec.SHA384, 48);
        case PS512 -> pss(algorithm, MGF1ParameterSpec.SHA512, 64);
        default -> Signature.getInstance(algorithm.jdk());
      };
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(algorithm + ": the JDK does not have it", e);
    }
  }

  /** The salt is as long as the digest (RFC 7518, section 3.5). */
  private static Signature pss(Algorithm algorithm, MGF1ParameterSpec mask, int salt)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance("RSASSA-PSS");
    signature.setParameter(
        new PSSParameterSpec(algorithm.jdk(), "MGF1", mask, salt, TRAILER_FIELD));
    return signature;
  }
}
