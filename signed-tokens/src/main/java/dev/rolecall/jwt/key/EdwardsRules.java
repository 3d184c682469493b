package dev.rolecall.jwt.key;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/** The rules of Ed25519 public keys (RFC 8032, section 5.1). */
final class EdwardsRules {

  private static final byte SIGN = (byte) 0x80;

  /**
   * The points whose order divides 8, as they are encoded, less the sign of x. For such a key
   * anyone can make a signature.
   */
  private static final Set<String> SMALL_ORDER =
      Set.of(
          "0000000000000000000000000000000000000000000000000000000000000000",
          "0100000000000000000000000000000000000000000000000000000000000000",
          "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
          "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
          "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a");

  private EdwardsRules() {}

  static Optional<KeyFlaw> flaw(EdECPublicKey key) {
    byte[] raw = PublicKeys.raw(key);
    raw[raw.length - 1] &= ~SIGN;
    return SMALL_ORDER.contains(HexFormat.of().formatHex(raw)) || !isPoint(key)
        ? Optional.of(KeyFlaw.POINT)
        : Optional.empty();
  }

  /** The JDK decodes the point when a check begins, and not when it makes the key. */
  private static boolean isPoint(PublicKey key) {
    try {
      Signature.getInstance(Algorithm.EDDSA.jdk()).initVerify(key);
      return true;
    } catch (InvalidKeyException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Ed25519: the JDK does not have it", e);
    }
  }
}
