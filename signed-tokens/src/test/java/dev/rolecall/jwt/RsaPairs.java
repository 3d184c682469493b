package dev.rolecall.jwt;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;

/** Two pairs of RSA from primes that were found before: to find some takes seconds. */
final class RsaPairs {

  private static final String P =
      "w33z44u7yxkfv2fvpyvhhzt5pdx8z6tznf87kw0a9tq6ns0ukdl0uongykcm5zuuhcfcox"
          + "mrzs9kpog85khf4gzzy75awyjleptly5qnqhq3u6w5vwo30kjgchup8hzu8psep2b0rpp5"
          + "6xuykia7eyck2rc537ciog72f506s00qbu8q7a0ondvmlqsbl173j0tb1n";

  private static final String Q =
      "x8ad3my469h7gh8pymg4u9agfg6srbqedqmcttrxzn0mt28vz8wfryjs6eviwclzjfq11o"
          + "41ty7mnjhud5n7ttk8u850i810wvla418lsujocu9tiljkriiha5gk8rizn4yz57omkb78"
          + "kjtk07u9vbachx7w4hv6oh7rh7ywb3lj3httuyluneejvk7yv138ewggad";

  private static final String OTHER_P =
      "xivrt26qgrdr5m5qsxhchrp8oqx4j9t5jedxrgv5z8zke7tgu78yi5wyn77wrfq7ziujp7"
          + "oq7vd8e8od1jzaege64bcaxm92qzcw7jt8p3un229w8hrzpa7lk5z085wvr3znhu4qc0jd"
          + "dzrvzrgj2fz2j7jyl9cowjp9k3pnti1dq17y94xvt1gio17eibx5lbp86h";

  private static final String OTHER_Q =
      "19o3ulhpmu720zv41l18yai1chmt47rkqyfwhzcfb9t4oo1eh8uynkei9uwu4ja1mbfpso"
          + "hrsk8wzielizkhsp6nrqrm4n5525xq7easct6ibs34e8cphij7wndh7pnqtbpzi8c0ecim"
          + "3lr8fkabe6u8gp5tjk287gwjfsrdzoj4amdlen2u45u12rgg294gxjjkac1";

  private static final int RADIX = 36;
  private static final BigInteger E = BigInteger.valueOf(65_537);

  private RsaPairs() {}

  static KeyPair one() {
    return pair(new BigInteger(P, RADIX), new BigInteger(Q, RADIX));
  }

  static KeyPair other() {
    return pair(new BigInteger(OTHER_P, RADIX), new BigInteger(OTHER_Q, RADIX));
  }

  private static KeyPair pair(BigInteger p, BigInteger q) {
    BigInteger n = p.multiply(q);
    BigInteger lessP = p.subtract(BigInteger.ONE);
    BigInteger lessQ = q.subtract(BigInteger.ONE);
    BigInteger d = E.modInverse(lessP.multiply(lessQ));
    try {
      KeyFactory rsa = KeyFactory.getInstance("RSA");
      return new KeyPair(
          rsa.generatePublic(new RSAPublicKeySpec(n, E)),
          rsa.generatePrivate(
              new RSAPrivateCrtKeySpec(
                  n, E, d, p, q, d.mod(lessP), d.mod(lessQ), q.modInverse(p))));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
