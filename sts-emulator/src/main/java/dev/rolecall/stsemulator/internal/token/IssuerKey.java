package dev.rolecall.stsemulator.internal.token;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/** A key pair of an issuer. Immutable; {@code toString} names the key alone. */
final class IssuerKey {

  private static final int RSA_BITS = 2_048;
  private static final int P384_BYTES = 48;
  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  private final String id;
  private final SigningAlgorithm algorithm;
  private final KeyPair pair;

  private IssuerKey(String id, SigningAlgorithm algorithm, KeyPair pair) {
    this.id = id;
    this.algorithm = algorithm;
    this.pair = pair;
  }

  /** A new random key. Takes some 100 ms for RSA, unless an emulator left one. */
  static IssuerKey generate(SigningAlgorithm algorithm, int generation) {
    return new IssuerKey(
        algorithm.keyId(generation),
        algorithm,
        algorithm == SigningAlgorithm.RS256 ? RsaKeyPairs.take() : ellipticPair());
  }

  private static KeyPair ellipticPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp384r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has no P-384", e);
    }
  }

  /** Ends its use, and leaves an RSA key to emulators that start later. */
  void giveBack() {
    if (algorithm == SigningAlgorithm.RS256) {
      RsaKeyPairs.giveBack(pair);
    }
  }

  /**
   * A compact JWS (RFC 7515, section 7.1) of those claims. The header's members are those of other
   * issuers' tokens: AWS documents none of them.
   */
  String sign(JsonObject claims) {
    JsonObject header =
        new JsonObject().text("kid", id).text("typ", "JWT").text("alg", algorithm.name());
    String signed = encoded(header) + "." + encoded(claims);
    try {
      Signature signature = Signature.getInstance(algorithm.jdkName());
      signature.initSign(pair.getPrivate());
      signature.update(signed.getBytes(US_ASCII));
      return signed + "." + BASE64URL.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key of this JVM does not sign", e);
    }
  }

  private static String encoded(JsonObject json) {
    return BASE64URL.encodeToString(json.toString().getBytes(UTF_8));
  }

  /**
   * The public half, as AWS writes it: the RSA key has no {@code alg}, the EC key has (RFC 7517).
   */
  JsonObject publicKey() {
    if (pair.getPublic() instanceof RSAPublicKey rsa) {
      return new JsonObject()
          .text("e", encoded(rsa.getPublicExponent(), 3))
          .text("kid", id)
          .text("kty", "RSA")
          .text("n", encoded(rsa.getModulus(), RSA_BITS / 8))
          .text("use", "sig");
    }
    ECPublicKey ec = (ECPublicKey) pair.getPublic();
    return new JsonObject()
        .text("alg", algorithm.name())
        .text("crv", "P-384")
        .text("kid", id)
        .text("kty", "EC")
        .text("use", "sig")
        .text("x", encoded(ec.getW().getAffineX(), P384_BYTES))
        .text("y", encoded(ec.getW().getAffineY(), P384_BYTES));
  }

  /** A number in exactly that many bytes, without a sign. */
  private static String encoded(BigInteger number, int length) {
    byte[] signed = number.toByteArray();
    byte[] bytes = new byte[length];
    byte[] digits = Arrays.copyOfRange(signed, Math.max(0, signed.length - length), signed.length);
    System.arraycopy(digits, 0, bytes, length - digits.length, digits.length);
    return BASE64URL.encodeToString(bytes);
  }

  @Override
  public String toString() {
    return "IssuerKey[" + id + ", ****]";
  }
}
