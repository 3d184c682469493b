package dev.rolecall.policy;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import java.nio.file.Path;
import java.util.Collection;
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
  private final Optional<AccessPolicy> narrower;
  private final DecisionMemo memo;

  AccessPolicy(
      String name,
      List<PolicyRule> denyRules,
      List<PolicyRule> allowRules,
      List<PlacedPath> publicMethods) {
    this(name, denyRules, allowRules, publicMethods, Optional.empty());
  }

  private AccessPolicy(
      String name,
      List<PolicyRule> denyRules,
      List<PolicyRule> allowRules,
      List<PlacedPath> publicMethods,
      Optional<AccessPolicy> narrower) {
    this.name = name;
    this.denyRules = List.copyOf(denyRules);
    this.allowRules = List.copyOf(allowRules);
    this.publicMethods = List.copyOf(publicMethods);
    this.publicPaths = PathSet.of(publicMethods);
    this.narrower = narrower;
    this.memo =
        new DecisionMemo(
            MEMO_CAPACITY, key -> evaluate(key.role(), Optional.of(key.id()), key.method()));
  }

  /**
   * A builder of the policy of that name.
   *
   * @throws IllegalArgumentException if {@code name} is not 1 to 200 printable ASCII characters
   */
  public static PolicyBuilder builder(String name) {
    return new PolicyBuilder(name);
  }

  /**
   * Reads a policy file, YAML or JSON, UTF-8, at most 1 MiB. Blocks on the file.
   *
   * @throws InvalidPolicyException if the file cannot be read or is no policy; it says all that is
   *     wrong, and where
   */
  public static AccessPolicy load(Path file) {
    return read(file)
        .fold(
            PolicyReading.Loaded::policy,
            rejected -> {
              throw new InvalidPolicyException(rejected.problems());
            });
  }

  /** Reads a policy file as {@link #load} does, with all there is to say about it. */
  public static PolicyReading read(Path file) {
    return PolicyText.read(requireNonNull(file, "file"));
  }

  /**
   * Reads a policy, YAML or JSON, UTF-8, at most 1 MiB.
   *
   * @param source what problems and notes call the text
   */
  public static PolicyReading read(String source, byte[] content) {
    return PolicyText.read(requireNonNull(source, "source"), requireNonNull(content, "content"));
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

  /**
   * Whether some allow rule means {@code caller}, whatever the method: without one, every decision
   * on it is no. A deny rule may still say no to all that it calls. Costs a look at each allow
   * rule; nothing is remembered.
   */
  public boolean couldAllow(Caller caller) {
    Optional<RoleId> id = Optional.of(caller.roleId());
    return allowRules.stream().anyMatch(rule -> rule.matchesRole(caller.role(), id))
        && (narrower.isEmpty() || narrower.get().couldAllow(caller));
  }

  /** Whether {@code method} may be called by anyone, without a proof of who they are. */
  public boolean isPublic(MethodPath method) {
    return publicPaths.contains(method) && (narrower.isEmpty() || narrower.get().isPublic(method));
  }

  /**
   * This policy under another: a call is allowed if both allow it, and a method is public if both
   * say so. A deny rule of either holds. Where both allow, the rule behind the decision is the
   * other's; so it is where both deny.
   *
   * @param other the policy that may take away from this one, and never adds
   */
  public AccessPolicy narrowedBy(AccessPolicy other) {
    requireNonNull(other, "other");
    return new AccessPolicy(
        name,
        denyRules,
        allowRules,
        publicMethods,
        Optional.of(narrower.map(known -> known.narrowedBy(other)).orElse(other)));
  }

  /**
   * The decision on {@code role} and what is behind it. Meant for people: nothing is remembered.
   *
   * @param id the role's unique id; without it, rules pinned to one do not match
   */
  public Explanation explain(RoleArn role, Optional<RoleId> id, MethodPath method) {
    return Explanation.of(
        this,
        requireNonNull(role, "role"),
        requireNonNull(id, "id"),
        requireNonNull(method, "method"));
  }

  /** The answer to a call of {@code caller}, a public method's included. Meant for people. */
  public Ruling ruling(AskedCaller caller, MethodPath method) {
    return Ruling.of(this, requireNonNull(caller, "caller"), requireNonNull(method, "method"));
  }

  /**
   * The paths of the policy that mean none of a server's methods, deny rules first.
   *
   * @param fullMethodNames the server's methods as grpc-java names them, {@code
   *     package.Service/Method}
   */
  public List<UnmatchedPath> unmatchedPaths(Collection<String> fullMethodNames) {
    return Stream.concat(
            UnmatchedPath.in(this, fullMethodNames).stream(),
            narrower.stream().flatMap(other -> other.unmatchedPaths(fullMethodNames).stream()))
        .toList();
  }

  Decision evaluate(RoleArn role, Optional<RoleId> id, MethodPath method) {
    return deciding(role, id, method).byOwnRules(role, id, method);
  }

  /** The policy whose word it is: this one, or the one of those that narrow it. */
  AccessPolicy deciding(RoleArn role, Optional<RoleId> id, MethodPath method) {
    if (narrower.isEmpty()) {
      return this;
    }
    AccessPolicy other = narrower.get().deciding(role, id, method);
    boolean takenAwayHere =
        other.byOwnRules(role, id, method).isAllowed() && !byOwnRules(role, id, method).isAllowed();
    return takenAwayHere ? this : other;
  }

  private Decision byOwnRules(RoleArn role, Optional<RoleId> id, MethodPath method) {
    return first(denyRules, role, id, method)
        .<Decision>map(rule -> new Decision.Denied(Optional.of(rule.name())))
        .or(() -> first(allowRules, role, id, method).map(r -> new Decision.Allowed(r.name())))
        .orElseGet(() -> new Decision.Denied(Optional.empty()));
  }

  private static Optional<PolicyRule> first(
      List<PolicyRule> rules, RoleArn role, Optional<RoleId> id, MethodPath method) {
    return rules.stream().filter(rule -> rule.matches(role, id, method)).findFirst();
  }

  Stream<PolicyRule> rules() {
    return Stream.concat(denyRules.stream(), allowRules.stream());
  }

  /** Every path there is in this policy and in those that narrow it. */
  Stream<MethodPattern> paths() {
    return Stream.concat(
        Stream.concat(rules().flatMap(rule -> rule.paths().stream()), publicMethods.stream())
            .map(PlacedPath::pattern),
        narrower.stream().flatMap(AccessPolicy::paths));
  }

  /** Where the rule behind a decision of this policy's own is written. */
  Optional<Position> placeOf(Decision decision) {
    return ruleBehind(decision).flatMap(PolicyRule::at);
  }

  Optional<PolicyRule> ruleBehind(Decision decision) {
    return rules()
        .filter(rule -> decision.rule().filter(rule.name()::equals).isPresent())
        .findFirst();
  }

  /** Whether another policy may take away from this one. */
  boolean isNarrowed() {
    return narrower.isPresent();
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
