package dev.rolecall.jwt.key;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The signature algorithms (RFC 7518, section 3; RFC 8037), asymmetric ones alone: there is neither
 * {@code none} nor an HMAC. Each belongs to one kind of key.
 */
public enum Algorithm {
  /** RSASSA-PKCS1-v1_5 with SHA-256. */
  RS256("RS256", KeyKind.RSA, "SHA256withRSA", 1),
  /** RSASSA-PKCS1-v1_5 with SHA-384. */
  RS384("RS384", KeyKind.RSA, "SHA384withRSA", 1),
  /** RSASSA-PKCS1-v1_5 with SHA-512. */
  RS512("RS512", KeyKind.RSA, "SHA512withRSA", 1),
  /** RSASSA-PSS with SHA-256. */
  PS256("PS256", KeyKind.RSA, "SHA-256", 1),
  /** RSASSA-PSS with SHA-384. */
  PS384("PS384", KeyKind.RSA, "SHA-384", 1),
  /** RSASSA-PSS with SHA-512. */
  PS512("PS512", KeyKind.RSA, "SHA-512", 1),
  /** ECDSA on P-256 with SHA-256. */
  ES256("ES256", KeyKind.P_256, "SHA256withECDSAinP1363Format", 30),
  /** ECDSA on P-384 with SHA-384. */
  ES384("ES384", KeyKind.P_384, "SHA384withECDSAinP1363Format", 65),
  /** ECDSA on P-521 with SHA-512. */
  ES512("ES512", KeyKind.P_521, "SHA512withECDSAinP1363Format", 120),
  /** EdDSA, of whose curves Ed25519 alone is read. */
  EDDSA("EdDSA", KeyKind.ED25519, "Ed25519", 18);

  private static final Map<String, Algorithm> BY_NAME =
      Stream.of(values()).collect(Collectors.toMap(Algorithm::jose, Function.identity()));

  private final String jose;
  private final KeyKind kind;
  private final String jdk;
  private final int cost;

  Algorithm(String jose, KeyKind kind, String jdk, int cost) {
    this.jose = jose;
    this.kind = kind;
    this.jdk = jdk;
    this.cost = cost;
  }

  /** The algorithm of that name, spelled exactly so; empty for every other text. */
  public static Optional<Algorithm> named(String jose) {
    return Optional.ofNullable(BY_NAME.get(jose));
  }

  /** The value of {@code alg}. */
  public String jose() {
    return jose;
  }

  /** The kind of key that it takes. */
  public KeyKind kind() {
    return kind;
  }

  /**
   * The CPU time of a check, as a multiple of RS256's with 2,048 bits (about 35 us), rounded: what
   * a budget for signature checks counts. Measured on JDK 17; newer JDKs are faster with P-256.
   */
  public int cost() {
    return cost;
  }

  /** The JDK's name of the signature; for RSASSA-PSS, the name of the digest. */
  String jdk() {
    return jdk;
  }

  @Override
  public String toString() {
    return jose;
  }
}
