package dev.rolecall.policy;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.grant.GrantRequirement;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The answer to whether a caller may call a method, and the rule behind it. */
public sealed interface Decision {

  /** Calls the function of the arm this is. */
  default <T> T fold(
      Function<Allowed, T> allowed, Function<Denied, T> denied, Function<NeedsGrant, T> grant) {
    if (this instanceof Allowed yes) {
      return allowed.apply(yes);
    }
    if (this instanceof Denied no) {
      return denied.apply(no);
    }
    if (this instanceof NeedsGrant needs) {
      return grant.apply(needs);
    }
    throw new AssertionError();
  }

  /** The rule behind the decision; empty where none matches, or none without a grant. */
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
        denied -> new Denied(denied.rule(), new Validity.ThisCallOnly()),
        needs -> new NeedsGrant(needs.choices(), new Validity.ThisCallOnly()));
  }

  /** Whether the caller may call the method, whatever grants it holds. */
  default boolean isAllowed() {
    return this instanceof Allowed;
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

  /**
   * The caller may call the method while it holds a grant. No rule denies the call, and none allows
   * it without a grant. The policy knows no holder of a grant, so this answer rests on none: it may
   * be remembered, and what it asks for is to be asked at each call.
   *
   * @param choices the choices that must all be met, each by one of its rules; one choice for each
   *     policy that only allows the call so. At least one, of at least one rule each
   * @param validity the calls that the answer holds for
   */
  record NeedsGrant(List<List<GrantedRule>> choices, Validity validity) implements Decision {
    /**
     * Copies.
     *
     * @throws IllegalArgumentException if there is no choice, or one without a rule
     */
    public NeedsGrant {
      choices = choices.stream().map(List::copyOf).toList();
      requireNonNull(validity, "validity");
      if (choices.isEmpty() || choices.stream().anyMatch(List::isEmpty)) {
        throw new IllegalArgumentException("choices: none (expected: at least one rule in each)");
      }
    }

    /** Empty: no rule allows the call by itself. */
    @Override
    public Optional<RuleName> rule() {
      return Optional.empty();
    }
  }

  /**
   * An allow rule that matches a call, but for the grant that it requires.
   *
   * @param rule the rule
   * @param requirement the grant that the caller must hold
   */
  record GrantedRule(RuleName rule, GrantRequirement requirement) {

    /** Checks that nothing is absent. */
    public GrantedRule {
      requireNonNull(rule, "rule");
      requireNonNull(requirement, "requirement");
    }
  }
}
