package dev.rolecall.policy;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Function;

/** Whether a caller may call a method, and the rule that says so. */
public sealed interface Decision {

  /** Calls the function of the arm this is. */
  <T> T fold(Function<Allowed, T> allowed, Function<Denied, T> denied);

  /** The rule behind the decision; empty when it is no because no rule says yes. */
  Optional<RuleName> rule();

  /** Whether the caller may call the method. */
  default boolean isAllowed() {
    return fold(allowed -> true, denied -> false);
  }

  /**
   * The caller may call the method.
   *
   * @param by the first allow rule that says so
   */
  record Allowed(RuleName by) implements Decision {
    /** Checks that nothing is absent. */
    public Allowed {
      requireNonNull(by, "by");
    }

    @Override
    public Optional<RuleName> rule() {
      return Optional.of(by);
    }

    @Override
    public <T> T fold(Function<Allowed, T> allowed, Function<Denied, T> denied) {
      return allowed.apply(this);
    }
  }

  /**
   * The caller may not call the method.
   *
   * @param rule the first deny rule that says so; empty when no rule, deny or allow, matches
   */
  record Denied(Optional<RuleName> rule) implements Decision {
    /** Checks that nothing is absent. */
    public Denied {
      requireNonNull(rule, "rule");
    }

    @Override
    public <T> T fold(Function<Allowed, T> allowed, Function<Denied, T> denied) {
      return denied.apply(this);
    }
  }
}
