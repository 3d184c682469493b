package dev.rolecall.jwt.key;

import java.math.BigInteger;
import java.util.Optional;

/** The rules of RSA public keys (RFC 7518, section 3.3, and more). */
final class RsaRules {

  private static final int LEAST_BITS = 2_048;
  private static final int MOST_BITS = 8_192;
  private static final int MOST_EXPONENT_BITS = 64;
  private static final BigInteger THREE = BigInteger.valueOf(3);

  private static final int GENERATOR = 65_537;
  private static final int LARGEST_PRIME = 167;

  private RsaRules() {}

  static Optional<KeyFlaw> flaw(BigInteger modulus, BigInteger exponent) {
    int bits = modulus.bitLength();
    if (modulus.signum() <= 0 || bits < LEAST_BITS || bits > MOST_BITS || !modulus.testBit(0)) {
      return Optional.of(KeyFlaw.RSA_MODULUS);
    }
    if (exponent.compareTo(THREE) < 0
        || exponent.bitLength() > MOST_EXPONENT_BITS
        || !exponent.testBit(0)) {
      return Optional.of(KeyFlaw.RSA_EXPONENT);
    }
    return hasRocaFingerprint(modulus) ? Optional.of(KeyFlaw.RSA_ROCA) : Optional.empty();
  }

  /**
   * Whether the modulus is a power of 65,537 modulo each small prime, as all of the broken
   * generator's are and one in 2^27 of others: "The Return of Coppersmith's Attack", section 2.3.
   */
  private static boolean hasRocaFingerprint(BigInteger modulus) {
    for (int prime = 3; prime <= LARGEST_PRIME; prime += 2) {
      if (isPrime(prime)
          && !isPower(
              modulus.mod(BigInteger.valueOf(prime)).intValue(), GENERATOR % prime, prime)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPrime(int odd) {
    for (int divisor = 3; divisor * divisor <= odd; divisor += 2) {
      if (odd % divisor == 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPower(int residue, int generator, int prime) {
    int power = 1;
    do {
      if (power == residue) {
        return true;
      }
      power = power * generator % prime;
    } while (power != 1);
    return false;
  }
}
