package dev.rolecall.jwt.key;

import static java.util.Objects.requireNonNull;

import dev.rolecall.jwt.json.JsonValue;
import dev.rolecall.jwt.json.ObjectBuilder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The public keys of one issuer (RFC 7517, section 5). Immutable. A {@code kid} names a key of this
 * set and of no other: two issuers may use the same.
 */
public final class KeySet {

  /** The most bytes of a key set that is read. */
  public static final int MAX_BYTES = 262_144;

  /** The most keys of a key set that is read, usable or not. */
  public static final int MAX_KEYS = 100;

  private final List<VerificationKey> keys;
  private final Map<String, VerificationKey> byId = new HashMap<>();
  private final List<KeyFinding> findings;

  KeySet(List<VerificationKey> keys, List<KeyFinding> findings) {
    this.keys = List.copyOf(keys);
    this.findings = List.copyOf(findings);
    keys.forEach(key -> key.kid().ifPresent(kid -> byId.put(kid, key)));
  }

  /**
   * A set of those keys.
   *
   * @throws IllegalArgumentException if two have the same id, or there are more than 100
   */
  public static KeySet of(List<VerificationKey> keys) {
    Set<String> ids = new HashSet<>();
    if (!keys.stream().allMatch(key -> key.kid().map(ids::add).orElse(true))) {
      throw new IllegalArgumentException("keys: " + KeyFlaw.KID_REPEATED.words());
    }
    if (keys.size() > MAX_KEYS) {
      throw new IllegalArgumentException("keys: " + KeySetFlaw.TOO_MANY.words());
    }
    return new KeySet(keys, List.of());
  }

  /**
   * Reads a key set as an issuer publishes it: size, JSON, then each key. A key that breaks a rule
   * is left out and found in {@link #findings}; of two with one id, both are. Never throws for what
   * the bytes hold. Takes about 20 us a key.
   */
  public static KeySetReading parse(byte[] json) {
    requireNonNull(json, "json");
    return KeySetReader.read(json);
  }

  /**
   * The one key that may check a token.
   *
   * @param kid the id in the token's header. A token without one is for the issuer's only key
   * @param algorithm the algorithm in the token's header
   * @param allowed the algorithms that the verifier's settings allow for the issuer; they also
   *     decide for a key whose owner says no algorithm
   */
  public KeySearch find(Optional<String> kid, Algorithm algorithm, Set<Algorithm> allowed) {
    if (!allowed.contains(algorithm)) {
      return new KeySearch.Missing(KeySearch.Reason.ALGORITHM_NOT_ALLOWED);
    }
    if (kid.isEmpty() && keys.size() > 1) {
      return new KeySearch.Missing(KeySearch.Reason.NOT_NAMED);
    }
    Optional<VerificationKey> key =
        kid.isPresent() ? Optional.ofNullable(byId.get(kid.get())) : keys.stream().findFirst();
    return key.<KeySearch>map(
            found ->
                found.fits(algorithm)
                    ? new KeySearch.Found(found)
                    : new KeySearch.Missing(KeySearch.Reason.UNFIT))
        .orElseGet(() -> new KeySearch.Missing(KeySearch.Reason.UNKNOWN));
  }

  /** Whether it has no usable key. */
  public boolean isEmpty() {
    return keys.isEmpty();
  }

  /** The usable keys in order. */
  public List<VerificationKey> keys() {
    return keys;
  }

  /** The keys that were left out, in order. */
  public List<KeyFinding> findings() {
    return findings;
  }

  /** The document that publishes the usable keys: a JSON Web Key Set in UTF-8. */
  public byte[] toJson() {
    List<JsonValue> jwks = keys.stream().<JsonValue>map(VerificationKey::toJwk).toList();
    return new ObjectBuilder().put("keys", new JsonValue.Items(jwks)).build().toJson();
  }

  @Override
  public String toString() {
    return "KeySet[keys=" + keys.size() + ", findings=" + findings.size() + "]";
  }
}
