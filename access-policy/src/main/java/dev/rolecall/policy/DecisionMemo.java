package dev.rolecall.policy;

import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.Principal;
import dev.rolecall.policy.condition.CallFacts;
import dev.rolecall.policy.internal.view.AttributesView;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The latest decisions, by caller and method. A decision costs the same whether it is yes or no, so
 * both are kept. One that does not hold for its caller at any time is not.
 *
 * <p>A guard keeps what a caller may do by itself. It comes here for a denied call, for the first
 * call on a connection, for a shadow policy, and for each live call once the policy has changed.
 *
 * <p>Bounded, because the names of strangers vary without end: a generation of at most {@code
 * capacity} decisions fills while the one before it is still read; when it is full, that one is
 * dropped. What is asked for often moves on to the new generation and is never forgotten. A lock is
 * taken only to change the generation.
 */
final class DecisionMemo {

  /** A caller and a method, without the attributes that no rule tells from others. */
  record Key(Principal principal, AttributesView view, MethodPath method) {}

  /** Makes a decision that is not remembered. */
  @FunctionalInterface
  interface Decider {
    Decision decide(Key key, Attributes attributes, CallFacts call);
  }

  /** The decisions of two generations, compared by identity. */
  private static final class Generations {
    private final Map<Key, Decision> filling = new ConcurrentHashMap<>();
    private final Map<Key, Decision> before;

    Generations(Map<Key, Decision> before) {
      this.before = before;
    }
  }

  private final int capacity;
  private final Decider decider;
  private volatile Generations generations = new Generations(Map.of());

  DecisionMemo(int capacity, Decider decider) {
    this.capacity = capacity;
    this.decider = decider;
  }

  /**
   * The decision.
   *
   * @param attributes the attributes that the key has a view of
   */
  Decision get(Key key, Attributes attributes, CallFacts call) {
    Generations now = generations;
    Decision known = now.filling.get(key);
    if (known != null) {
      return known;
    }
    Decision before = now.before.get(key);
    Decision decision = before != null ? before : decider.decide(key, attributes, call);
    if (!(decision.validity() instanceof Validity.ForCaller)) {
      return decision;
    }
    now.filling.put(key, decision);
    if (now.filling.size() >= capacity) {
      startNext(now);
    }
    return decision;
  }

  private synchronized void startNext(Generations full) {
    if (generations == full) {
      generations = new Generations(full.filling);
    }
  }

  int size() {
    Generations now = generations;
    return now.filling.size() + now.before.size();
  }
}
