package dev.rolecall.jwt.key;

import static java.util.Objects.requireNonNull;

import dev.rolecall.jwt.json.JsonValue;
import java.security.PublicKey;
import java.util.Optional;

/**
 * A public key that checks signatures: of a kind in {@link KeyKind}, and within the rules of {@link
 * KeyFlaw}. Immutable.
 */
public final class VerificationKey {

  private final Optional<String> kid;
  private final KeyKind kind;
  private final Optional<Algorithm> algorithm;
  private final PublicKey key;

  private VerificationKey(
      Optional<String> kid, KeyKind kind, Optional<Algorithm> algorithm, PublicKey key) {
    this.kid = kid;
    this.kind = kind;
    this.algorithm = algorithm;
    this.key = key;
  }

  /**
   * A key of the JDK.
   *
   * @param kid its id, as {@link KeyId} has it
   * @param algorithm the one algorithm it is for; empty where the verifier's settings say it
   * @throws IllegalArgumentException if the key, its id or its algorithm breaks a rule
   */
  public static VerificationKey of(
      Optional<String> kid, Optional<Algorithm> algorithm, PublicKey key) {
    requireNonNull(key, "key");
    if (!kid.map(KeyId::isValid).orElse(true)) {
      throw refused(KeyFlaw.KID_FORM);
    }
    KeyKind kind = PublicKeys.kind(key).orElseThrow(() -> refused(KeyFlaw.TYPE_UNKNOWN));
    if (algorithm.isPresent() && algorithm.get().kind() != kind) {
      throw refused(KeyFlaw.ALGORITHM_OTHER);
    }
    PublicKeys.flaw(kind, key)
        .ifPresent(
            flaw -> {
              throw refused(flaw);
            });
    return new VerificationKey(kid, kind, algorithm, key);
  }

  private static IllegalArgumentException refused(KeyFlaw flaw) {
    return new IllegalArgumentException("public key: " + flaw.words());
  }

  /** Its id in a key set. */
  public Optional<String> kid() {
    return kid;
  }

  /** Its kind. */
  public KeyKind kind() {
    return kind;
  }

  /** The one algorithm that its owner says it is for. */
  public Optional<Algorithm> algorithm() {
    return algorithm;
  }

  /** Whether it can check signatures of that algorithm, by its kind and by its owner's word. */
  public boolean fits(Algorithm wanted) {
    return wanted.kind() == kind && algorithm.map(own -> own == wanted).orElse(true);
  }

  /**
   * Whether the signature is this key's over those bytes. Takes 35 us to 5 ms of CPU time: see
   * {@link Algorithm#cost}.
   *
   * @throws IllegalArgumentException if the algorithm does not {@linkplain #fits fit}
   */
  public boolean verify(Algorithm wanted, byte[] input, byte[] signature) {
    if (!fits(wanted)) {
      throw new IllegalArgumentException(wanted + " (expected: an algorithm that fits the key)");
    }
    return SignatureRule.isMet(wanted, key, input, signature);
  }

  /** The SHA-256 thumbprint of RFC 7638, in base64url. */
  public String thumbprint() {
    return JwkWriter.thumbprint(key, kind);
  }

  /** The key as a JSON Web Key (RFC 7517), with {@code use}, and its algorithm and id if known. */
  public JsonValue.Members toJwk() {
    return JwkWriter.jwk(this, key);
  }

  @Override
  public String toString() {
    return "VerificationKey[" + kind + "]";
  }
}
