package dev.rolecall.policy;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Caller;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which roles may call which methods. A deny rule that matches says no; else an allow rule that
 * matches says yes; else the answer is no. A policy without allow rules denies everything.
 *
 * <p>A method listed in {@code public_methods} needs no caller at all, so no rule can apply to it,
 * a deny rule no more than an allow rule: ask {@link #isPublic} before asking who is calling.
 *
 * <p>Immutable and safe for use by many threads; never blocks. The decisions of late are kept, at
 * most some 8,000 of them, so that a known caller and method cost one map look-up.
 *
 * @see <a href="https://github.com/grpc/proposal/blob/master/A43-grpc-authorization-api.md">gRFC
 *     A43, after which it is shaped</a>
 */
public final class AccessPolicy {

  static final int MEMO_CAPACITY = 4_096;

  private final String name;
  private final List<PolicyRule> denyRules;
  private final List<PolicyRule> allowRules;
  private final List<PlacedPath> publicMethods;
  private final PathSet publicPaths;
  private final DecisionMemo memo;

  AccessPolicy(
      String name,
      List<PolicyRule> denyRules,
      List<PolicyRule> allowRules,
      List<PlacedPath> publicMethods) {
    this.name = name;
    this.denyRules = List.copyOf(denyRules);
    this.allowRules = List.copyOf(allowRules);
    this.publicMethods = List.copyOf(publicMethods);
    this.publicPaths = PathSet.of(publicMethods);
    this.memo = new DecisionMemo(MEMO_CAPACITY, this::evaluate);
  }

  /**
   * A builder of the policy of that name.
   *
   * @throws IllegalArgumentException if {@code name} is not 1 to 200 printable ASCII characters
   */
  public static PolicyBuilder builder(String name) {
    return new PolicyBuilder(name);
  }

  /** The policy's name. */
  public String name() {
    return name;
  }

  /** Whether {@code caller} may call {@code method}, and the rule that says so. */
  public Decision decide(Caller caller, MethodPath method) {
    requireNonNull(method, "method");
    return memo.get(new DecisionMemo.Key(caller.role(), caller.roleId(), method));
  }

  /** Whether {@code method} may be called by anyone, without a proof of who they are. */
  public boolean isPublic(MethodPath method) {
    return publicPaths.contains(method);
  }

  private Decision evaluate(DecisionMemo.Key key) {
    return first(denyRules, key)
        .<Decision>map(rule -> new Decision.Denied(Optional.of(rule.name())))
        .or(() -> first(allowRules, key).map(rule -> new Decision.Allowed(rule.name())))
        .orElseGet(() -> new Decision.Denied(Optional.empty()));
  }

  private static Optional<PolicyRule> first(List<PolicyRule> rules, DecisionMemo.Key key) {
    return rules.stream()
        .filter(rule -> rule.matches(key.role(), key.id(), key.method()))
        .findFirst();
  }

  Stream<PolicyRule> rules() {
    return Stream.concat(denyRules.stream(), allowRules.stream());
  }

  List<PlacedPath> publicMethods() {
    return publicMethods;
  }

  int memoSize() {
    return memo.size();
  }

  @Override
  public String toString() {
    return "AccessPolicy[" + name + "]";
  }
}
