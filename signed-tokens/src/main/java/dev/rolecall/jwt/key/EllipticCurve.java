package dev.rolecall.jwt.key;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.util.List;
import java.util.Optional;

/** The three curves of ECDSA (SEC 2), with what the checks of keys and signatures need. */
final class EllipticCurve {

  private static final int BITS = 8;
  private static final BigInteger THREE = BigInteger.valueOf(3);

  private static final List<EllipticCurve> ALL =
      List.of(
          new EllipticCurve(KeyKind.P_256, "secp256r1"),
          new EllipticCurve(KeyKind.P_384, "secp384r1"),
          new EllipticCurve(KeyKind.P_521, "secp521r1"));

  private final KeyKind kind;
  private final String name;
  private final ECParameterSpec parameters;
  private final BigInteger prime;
  private final int size;

  private EllipticCurve(KeyKind kind, String name) {
    this.kind = kind;
    this.name = name;
    this.parameters = parameters(name);
    this.prime = ((ECFieldFp) parameters.getCurve().getField()).getP();
    this.size = (prime.bitLength() + BITS - 1) / BITS;
  }

  private static ECParameterSpec parameters(String name) {
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec(name));
      return parameters.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(name + ": the JDK does not know the curve", e);
    }
  }

  /** The curve of that kind of key, which must have one. */
  static EllipticCurve of(KeyKind kind) {
    return ALL.stream().filter(curve -> curve.kind == kind).findAny().orElseThrow();
  }

  /** The curve with those parameters. */
  static Optional<EllipticCurve> of(ECParameterSpec parameters) {
    return ALL.stream().filter(curve -> curve.has(parameters)).findAny();
  }

  KeyKind kind() {
    return kind;
  }

  /** Its name in SEC 2. */
  String sec2Name() {
    return name;
  }

  ECParameterSpec parameters() {
    return parameters;
  }

  /** The bytes of a coordinate, and of each half of a signature. */
  int size() {
    return size;
  }

  private boolean has(ECParameterSpec other) {
    return parameters.getCurve().equals(other.getCurve())
        && parameters.getGenerator().equals(other.getGenerator())
        && parameters.getOrder().equals(other.getOrder());
  }

  /** Whether the number lies in 1 to n - 1, as r and s of a signature and a private key do. */
  boolean isScalar(BigInteger number) {
    return number.signum() > 0 && number.compareTo(parameters.getOrder()) < 0;
  }

  /** Whether the point is one of the curve: of prime order, since the cofactor is 1. */
  boolean has(ECPoint point) {
    if (point.equals(ECPoint.POINT_INFINITY)) {
      return false;
    }
    BigInteger x = point.getAffineX();
    BigInteger y = point.getAffineY();
    BigInteger right =
        x.pow(3)
            .add(parameters.getCurve().getA().multiply(x))
            .add(parameters.getCurve().getB())
            .mod(prime);
    return isCoordinate(x) && isCoordinate(y) && y.multiply(y).mod(prime).equals(right);
  }

  private boolean isCoordinate(BigInteger number) {
    return number.signum() >= 0 && number.compareTo(prime) < 0;
  }

  /**
   * The generator times that scalar: the public key of a private one. By double and add, which
   * takes some milliseconds and is not of constant time; it runs once when a key is loaded.
   */
  ECPoint publicPoint(BigInteger scalar) {
    ECPoint sum = ECPoint.POINT_INFINITY;
    for (int bit = scalar.bitLength() - 1; bit >= 0; bit--) {
      sum = add(sum, sum);
      if (scalar.testBit(bit)) {
        sum = add(sum, parameters.getGenerator());
      }
    }
    return sum;
  }

  /** The sum by the chord or, of a point with itself, the tangent. */
  private ECPoint add(ECPoint one, ECPoint other) {
    if (one.equals(ECPoint.POINT_INFINITY)) {
      return other;
    }
    BigInteger x = one.getAffineX();
    BigInteger y = one.getAffineY();
    BigInteger slope =
        one.equals(other)
            ? quotient(x.pow(2).multiply(THREE).add(parameters.getCurve().getA()), y.shiftLeft(1))
            : quotient(other.getAffineY().subtract(y), other.getAffineX().subtract(x));
    BigInteger sum = slope.pow(2).subtract(x).subtract(other.getAffineX()).mod(prime);
    return new ECPoint(sum, slope.multiply(x.subtract(sum)).subtract(y).mod(prime));
  }

  private BigInteger quotient(BigInteger dividend, BigInteger divisor) {
    return dividend.multiply(divisor.modInverse(prime)).mod(prime);
  }
}
