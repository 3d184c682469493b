package dev.rolecall.policy;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Function;

/** The answer to whether a caller may call a method, and the rule behind it. */
public sealed interface Decision {

  /** Calls the function of the arm this is. */
  default <T> T fold(Function<Allowed, T> allowed, Function<Denied, T> denied) {
    if (this instanceof Allowed yes) {
      return allowed.apply(yes);
    }
    if (this instanceof Denied no) {
      return denied.apply(no);
    }
    throw new AssertionError();
  }

  /** The rule behind the decision; empty for a denial because no rule matches. */
  Optional<RuleName> rule();

  /** The calls that the decision holds for. */
  Validity validity();

  /** The same for the one call alone; itself where it holds for no other. */
  default Decision forThisCallOnly() {
    if (!(validity() instanceof Validity.ForCaller)) {
      return this;
    }
    return fold(
        allowed -> new Allowed(allowed.by(), new Validity.ThisCallOnly()),
        denied -> new Denied(denied.rule(), new Validity.ThisCallOnly()));
  }

  /** Whether the caller may call the method. */
  default boolean isAllowed() {
    return fold(allowed -> true, denied -> false);
  }

  /**
   * The caller may call the method.
   *
   * @param by the first allow rule that matches
   * @param validity the calls that the decision holds for
   */
  record Allowed(RuleName by, Validity validity) implements Decision {
    /** Checks that nothing is absent. */
    public Allowed {
      requireNonNull(by, "by");
      requireNonNull(validity, "validity");
    }

    @Override
    public Optional<RuleName> rule() {
      return Optional.of(by);
    }
  }

  /**
   * The caller may not call the method.
   *
   * @param rule the first deny rule that matches; empty when no rule, deny or allow, does
   * @param validity the calls that the decision holds for
   */
  record Denied(Optional<RuleName> rule, Validity validity) implements Decision {
    /** The denial of a call that no rule matches. */
    public static final Decision NO_MATCH = new Denied(Optional.empty(), new Validity.ForCaller());

    private static final Decision NO_MATCH_OF_THIS_CALL =
        new Denied(Optional.empty(), new Validity.ThisCallOnly());

    /** The denial of a call that no rule matches, for want of a condition where it was read. */
    static Decision noMatch(boolean readsCall) {
      return readsCall ? NO_MATCH_OF_THIS_CALL : NO_MATCH;
    }

    /** Checks that nothing is absent. */
    public Denied {
      requireNonNull(rule, "rule");
      requireNonNull(validity, "validity");
    }
  }
}
