package dev.rolecall.service.store;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.InvalidValue;
import java.time.Instant;

/**
 * A signing key as the store keeps it. The private part is sealed by the one who made the key, and
 * is not printed.
 */
public final class StoredKey {

  private static final int LONGEST = 100;

  private final String kid;
  private final String algorithm;
  private final String publicJwk;
  private final String sealedPrivate;
  private final SigningKeyState state;
  private final Instant since;

  /**
   * A key.
   *
   * @param kid its id: 1 to 100 characters
   * @param algorithm as RFC 7518 names it
   * @param publicJwk the public key as a JWK, RFC 7517
   * @param sealedPrivate the sealed private part, or the name of a key elsewhere; empty once it is
   *     withdrawn
   * @param state its state
   * @param since when it came into that state, by the store's clock; ignored when it is added
   * @throws IllegalArgumentException if the id breaks the rule above
   */
  public StoredKey(
      String kid,
      String algorithm,
      String publicJwk,
      String sealedPrivate,
      SigningKeyState state,
      Instant since) {
    if (kid.isEmpty() || kid.length() > LONGEST) {
      throw InvalidValue.of("key id", kid, "1 to " + LONGEST + " characters");
    }
    this.kid = kid;
    this.algorithm = requireNonNull(algorithm, "algorithm");
    this.publicJwk = requireNonNull(publicJwk, "publicJwk");
    this.sealedPrivate = requireNonNull(sealedPrivate, "sealedPrivate");
    this.state = requireNonNull(state, "state");
    this.since = requireNonNull(since, "since");
  }

  /** Its id. */
  public String kid() {
    return kid;
  }

  /** Its algorithm, such as {@code ES256}. */
  public String algorithm() {
    return algorithm;
  }

  /** The public key as a JWK. */
  public String publicJwk() {
    return publicJwk;
  }

  /** The sealed private part. */
  public String sealedPrivate() {
    return sealedPrivate;
  }

  /** Its state. */
  public SigningKeyState state() {
    return state;
  }

  /** When it came into its state, by the store's clock. */
  public Instant since() {
    return since;
  }

  @Override
  public String toString() {
    return "StoredKey[kid=" + kid + ", state=" + state + ", private=****]";
  }
}
