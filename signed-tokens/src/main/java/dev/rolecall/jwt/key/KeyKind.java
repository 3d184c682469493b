package dev.rolecall.jwt.key;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The kinds of keys: a key type of RFC 7518 or RFC 8037, with its curve where it has one. */
public enum KeyKind {
  /** RSA of 2,048 to 8,192 bits. */
  RSA("RSA", null),
  /** The elliptic curve P-256. */
  P_256("EC", "P-256"),
  /** The elliptic curve P-384. */
  P_384("EC", "P-384"),
  /** The elliptic curve P-521. */
  P_521("EC", "P-521"),
  /** The Edwards curve of Ed25519. */
  ED25519("OKP", "Ed25519");

  private final String type;
  private final Optional<String> curve;

  KeyKind(String type, @Nullable String curve) {
    this.type = type;
    this.curve = Optional.ofNullable(curve);
  }

  /** The value of {@code kty}. */
  public String type() {
    return type;
  }

  /** The value of {@code crv}; empty of RSA. */
  public Optional<String> curve() {
    return curve;
  }
}
