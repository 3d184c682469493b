package dev.rolecall.jwt;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.key.KeyKind;
import dev.rolecall.jwt.key.SigningKey;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Hostile tokens by their signature. Header and claims are good. */
final class HostileSignatures {

  private static final String CLAIMS = Issuer.claims().toString();
  private static final String REFUSED = "SIGNATURE";

  private final List<HostileToken> tokens = new ArrayList<>();

  private HostileSignatures() {}

  static Stream<HostileToken> all() {
    HostileSignatures signatures = new HostileSignatures();
    signatures.rsa();
    signatures.ecdsa(Issuer.P_256, 32);
    signatures.ecdsa(Issuer.P_384, 48);
    signatures.ed25519();
    signatures.macs();
    return signatures.tokens.stream();
  }

  private void add(String name, SigningKey key, byte[] signature) {
    String text = Forge.signed(Issuer.header(key).toString(), CLAIMS, signature);
    tokens.add(new HostileToken("signature: " + key.algorithm() + " " + name, text, REFUSED));
  }

  private static byte[] input(SigningKey key) {
    return (Forge.base64(Issuer.header(key).toString()) + "." + Forge.base64(CLAIMS))
        .getBytes(UTF_8);
  }

  private void rsa() {
    SigningKey key = Issuer.RSA;
    byte[] good = key.sign(input(key));
    common(key, good);
    add("by a stranger", key, Issuer.STRANGER.sign(input(key)));
    add("by SHA-512", key, TestKeys.key(Algorithm.RS512).sign(input(key)));
    add("by PSS", key, TestKeys.key(Algorithm.PS256).sign(input(key)));
    add("one", key, number(BigInteger.ONE, 256));
    add("n", key, number(modulus(), 256));
    add("n - 1", key, number(modulus().subtract(BigInteger.ONE), 256));
    add("s + n", key, number(new BigInteger(1, good).add(modulus()), 257));
  }

  private static BigInteger modulus() {
    return ((java.security.interfaces.RSAPublicKey) TestKeys.pair(KeyKind.RSA).getPublic())
        .getModulus();
  }

  private void common(SigningKey key, byte[] good) {
    add("of other bytes", key, key.sign("other".getBytes(UTF_8)));
    add("of zeros", key, new byte[good.length]);
    add("of ones", key, filled(good.length));
    add("of one zero", key, new byte[1]);
    add("short by one", key, Arrays.copyOf(good, good.length - 1));
    add("long by one", key, Arrays.copyOf(good, good.length + 1));
    add("a zero in front", key, number(new BigInteger(1, good), good.length + 1));
    add("twice", key, twice(good));
    add("one bit changed", key, changed(good));
  }

  private void ecdsa(SigningKey key, int size) {
    byte[] good = key.sign(input(key));
    common(key, good);
    BigInteger order = order(key);
    byte[] r = Arrays.copyOf(good, size);
    byte[] s = Arrays.copyOfRange(good, size, 2 * size);
    byte[] zero = new byte[size];
    byte[] one = number(BigInteger.ONE, size);
    byte[] n = number(order, size);
    add("r is 0", key, join(zero, s));
    add("s is 0", key, join(r, zero));
    add("r is n", key, join(n, s));
    add("s is n", key, join(r, n));
    add("r and s are n", key, join(n, n));
    add("r and s are 1", key, join(one, one));
    add("r is 1, s is 0", key, join(one, zero));
    add("r is n - 1", key, join(number(order.subtract(BigInteger.ONE), size), s));
    add("r is above n", key, join(number(order.add(BigInteger.ONE), size), s));
    add("halves swapped", key, join(s, r));
    add("DER", key, der(key));
    add("DER cut to the length", key, Arrays.copyOf(der(key), 2 * size));
    add("halves longer by a zero", key, join(join(zeroFirst(r), new byte[0]), zeroFirst(s)));
  }

  private static BigInteger order(SigningKey key) {
    return ((ECPublicKey) TestKeys.pair(key.algorithm().kind()).getPublic()).getParams().getOrder();
  }

  private static byte[] der(SigningKey key) {
    String name = key == Issuer.P_256 ? "SHA256withECDSA" : "SHA384withECDSA";
    try {
      Signature signature = Signature.getInstance(name);
      signature.initSign(TestKeys.pair(key.algorithm().kind()).getPrivate());
      signature.update(input(key));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void ed25519() {
    SigningKey key = Issuer.ED;
    byte[] good = key.sign(input(key));
    common(key, good);
    BigInteger order =
        BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    byte[] s = Arrays.copyOfRange(good, 32, 64);
    byte[] larger = reversed(number(new BigInteger(1, reversed(s)).add(order), 32));
    add("s + L, malleable", key, join(Arrays.copyOf(good, 32), larger));
    add("r of small order", key, join(number(BigInteger.ONE.shiftLeft(248), 32), new byte[32]));
    add("halves swapped", key, join(s, Arrays.copyOf(good, 32)));
  }

  /** The public key's bytes as the secret of an HMAC: with HS256, and with the key's own alg. */
  private void macs() {
    byte[] secret = TestKeys.pair(KeyKind.RSA).getPublic().getEncoded();
    byte[] mac = mac(secret, input(Issuer.RSA));
    add("an HMAC by the public key", Issuer.RSA, mac);
    String header = Issuer.header(Issuer.RSA).with("alg", "\"HS256\"").toString();
    String input = Forge.base64(header) + "." + Forge.base64(CLAIMS);
    tokens.add(
        new HostileToken(
            "signature: HS256 by the public key",
            Forge.signed(header, CLAIMS, mac(secret, input.getBytes(UTF_8))),
            TokenFlaw.ALGORITHM.name()));
  }

  private static byte[] mac(byte[] secret, byte[] input) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return mac.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] number(BigInteger number, int size) {
    byte[] signed = number.toByteArray();
    byte[] bytes = new byte[size];
    int length = Math.min(signed.length, size);
    System.arraycopy(signed, signed.length - length, bytes, size - length, length);
    return bytes;
  }

  private static byte[] filled(int size) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) 0xff);
    return bytes;
  }

  private static byte[] changed(byte[] good) {
    byte[] bytes = good.clone();
    bytes[bytes.length / 2] ^= 1;
    return bytes;
  }

  private static byte[] twice(byte[] good) {
    return join(good, good);
  }

  private static byte[] zeroFirst(byte[] number) {
    return join(new byte[1], number);
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }

  private static byte[] join(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }
}
