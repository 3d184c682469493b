package dev.rolecall.jwt.key;

import dev.rolecall.jwt.internal.Base64Url;
import dev.rolecall.jwt.json.JsonValue;
import dev.rolecall.jwt.json.ObjectBuilder;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.LinkedHashMap;
import java.util.Map;

/** The writer of public keys as JSON Web Keys (RFC 7518, section 6; RFC 8037, section 2). */
final class JwkWriter {

  private static final int BITS = 8;

  private JwkWriter() {}

  static JsonValue.Members jwk(VerificationKey key, PublicKey jdk) {
    ObjectBuilder jwk = new ObjectBuilder();
    required(jdk, key.kind()).forEach(jwk::put);
    jwk.put("use", "sig");
    key.algorithm().ifPresent(algorithm -> jwk.put("alg", algorithm.jose()));
    key.kid().ifPresent(kid -> jwk.put("kid", kid));
    return jwk.build();
  }

  static String thumbprint(PublicKey key, KeyKind kind) {
    return KeyId.thumbprint(required(key, kind));
  }

  private static Map<String, String> required(PublicKey key, KeyKind kind) {
    Map<String, String> members = new LinkedHashMap<>();
    members.put("kty", kind.type());
    kind.curve().ifPresent(curve -> members.put("crv", curve));
    if (key instanceof RSAPublicKey rsa) {
      members.put("n", shortest(rsa.getModulus()));
      members.put("e", shortest(rsa.getPublicExponent()));
    } else if (key instanceof ECPublicKey point) {
      int size = EllipticCurve.of(kind).size();
      members.put("x", Base64Url.encode(bytes(point.getW().getAffineX(), size)));
      members.put("y", Base64Url.encode(bytes(point.getW().getAffineY(), size)));
    } else {
      members.put("x", Base64Url.encode(PublicKeys.raw((EdECPublicKey) key)));
    }
    return members;
  }

  private static String shortest(BigInteger number) {
    return Base64Url.encode(bytes(number, (number.bitLength() + BITS - 1) / BITS));
  }

  /** The number in that many bytes, big end first. */
  private static byte[] bytes(BigInteger number, int size) {
    byte[] signed = number.toByteArray();
    byte[] bytes = new byte[size];
    int length = Math.min(signed.length, size);
    System.arraycopy(signed, signed.length - length, bytes, size - length, length);
    return bytes;
  }
}
