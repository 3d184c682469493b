package dev.rolecall.stsemulator.internal.token;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The keys of one issuer: for each algorithm the one that signs, and the one before it. Random, and
 * generated when they are first needed. Safe for use by many threads.
 *
 * <p>Unlike STS, whose rotation is not documented, the keys change on demand alone, and the set
 * keeps one generation that no longer signs.
 */
public final class IssuerKeys implements AutoCloseable {

  private static final int KEPT = 2;

  private final Map<SigningAlgorithm, Deque<IssuerKey>> keys =
      new EnumMap<>(SigningAlgorithm.class);
  private final List<IssuerKey> generated = new ArrayList<>();
  private int generation;

  /** Keys of the first generation. */
  public IssuerKeys() {}

  /** A token with those claims. */
  public synchronized String sign(SigningAlgorithm algorithm, JsonObject claims) {
    return ofAlgorithm(algorithm).getFirst().sign(claims);
  }

  /** Has later tokens signed by new keys, which the set lists beside those of now. */
  public synchronized void rotate() {
    for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
      Deque<IssuerKey> known = ofAlgorithm(algorithm);
      known.addFirst(generate(algorithm, generation + 1));
      if (known.size() > KEPT) {
        known.removeLast();
      }
    }
    generation++;
  }

  /** The key set (RFC 7517, section 5), with public keys alone. */
  public synchronized JsonObject keySet() {
    List<JsonObject> all = new ArrayList<>();
    for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
      ofAlgorithm(algorithm).forEach(key -> all.add(key.publicKey()));
    }
    return new JsonObject().objects("keys", all);
  }

  private Deque<IssuerKey> ofAlgorithm(SigningAlgorithm algorithm) {
    return keys.computeIfAbsent(
        algorithm, absent -> new ArrayDeque<>(List.of(generate(algorithm, generation))));
  }

  private IssuerKey generate(SigningAlgorithm algorithm, int ofGeneration) {
    IssuerKey key = IssuerKey.generate(algorithm, ofGeneration);
    generated.add(key);
    return key;
  }

  /** Gives all keys up, those too that the set no longer lists. */
  @Override
  public synchronized void close() {
    generated.forEach(IssuerKey::giveBack);
    generated.clear();
    keys.clear();
  }
}
