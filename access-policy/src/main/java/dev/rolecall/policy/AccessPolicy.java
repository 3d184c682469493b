package dev.rolecall.policy;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.IssuerAlias;
import dev.rolecall.identity.Principal;
import dev.rolecall.identity.pattern.CertificatePattern;
import dev.rolecall.identity.pattern.OidcPattern;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.policy.condition.CallFacts;
import dev.rolecall.policy.grant.GrantRequirement;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.policy.internal.view.NamedAttributes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rules that say which callers may call which methods. A deny rule that matches says no; else
 * an allow rule that matches says yes; else the answer is no. A policy without allow rules denies
 * everything.
 *
 * <p>A method listed in {@code public_methods} needs no caller at all. So no rule can apply to it,
 * a deny rule no more than an allow rule: ask {@link #isPublic} before asking who is calling.
 *
 * <p>Immutable and safe for use by many threads; never blocks. The latest decisions are kept, at
 * most some 8,000 of them, so that a known caller and method cost one map look-up.
 *
 * @see <a href="https://github.com/grpc/proposal/blob/master/A43-grpc-authorization-api.md">gRFC
 *     A43, after which it is shaped</a>
 */
public final class AccessPolicy {

  static final int MEMO_CAPACITY = 4_096;

  private final String name;
  private final List<PolicyRule> rules;
  private final List<PlacedPath> publicMethods;
  private final Optional<AccessPolicy> narrower;

  private final CompiledRules compiled;
  private final PathSet publicPaths;
  private final PathSet listedPaths;
  private final NamedAttributes named;
  private final DecisionMemo memo;

  AccessPolicy(String name, List<PolicyRule> rules, List<PlacedPath> publicMethods) {
    this(name, rules, publicMethods, Optional.empty());
  }

  private AccessPolicy(
      String name,
      List<PolicyRule> rules,
      List<PlacedPath> publicMethods,
      Optional<AccessPolicy> narrower) {
    this.name = name;
    this.rules = List.copyOf(rules);
    this.publicMethods = List.copyOf(publicMethods);
    this.narrower = narrower;
    this.compiled = CompiledRules.of(rules);
    this.publicPaths = PathSet.of(publicMethods);
    this.listedPaths =
        PathSet.of(
            Stream.concat(
                    rules.stream().flatMap(rule -> rule.paths().stream()), publicMethods.stream())
                .toList());
    NamedAttributes own = named(rules);
    this.named = narrower.map(other -> other.named.and(own)).orElse(own);
    this.memo =
        new DecisionMemo(
            MEMO_CAPACITY,
            (key, attributes, call) -> evaluate(key.principal(), attributes, key.method(), call));
  }

  /**
   * A builder of the policy of that name.
   *
   * @throws IllegalArgumentException if {@code name} is not 1 to 200 printable ASCII characters
   */
  public static PolicyBuilder builder(String name) {
    return new PolicyBuilder(name);
  }

  private static NamedAttributes named(List<PolicyRule> rules) {
    return NamedAttributes.of(
        rules.stream()
            .flatMap(rule -> rule.principals().stream())
            .flatMap(RulePrincipal::patterns)
            .anyMatch(OidcPattern.Client.class::isInstance),
        rules.stream().map(rule -> rule.source().conditions()).toList());
  }

  /** The policy's name. */
  public String name() {
    return name;
  }

  /**
   * Whether {@code caller} may call {@code method}, and the rule that says so.
   *
   * @param call the facts that conditions read; asked only where a rule with conditions means the
   *     caller and the method
   */
  public Decision decide(Caller caller, MethodPath method, CallFacts call) {
    requireNonNull(method, "method");
    requireNonNull(call, "call");
    Attributes attributes = caller.attributes();
    return memo.get(
        new DecisionMemo.Key(caller.principal(), named.of(attributes), method), attributes, call);
  }

  /**
   * The same for a call of which nothing else is known: no allow rule with conditions matches it,
   * and each deny rule with conditions does.
   */
  public Decision decide(Caller caller, MethodPath method) {
    return decide(caller, method, CallFacts.unknown());
  }

  /**
   * Whether some allow rule means {@code caller}, whatever the method: without one, every decision
   * on it is no. A deny rule may still say no to all that it calls. Costs a look at each allow
   * rule; nothing is remembered.
   */
  public boolean couldAllow(Caller caller) {
    return compiled.couldAllow(caller.principal(), caller.attributes())
        && (narrower.isEmpty() || narrower.get().couldAllow(caller));
  }

  /** Whether {@code method} may be called by anyone, without a proof of who they are. */
  public boolean isPublic(MethodPath method) {
    return publicPaths.contains(method) && (narrower.isEmpty() || narrower.get().isPublic(method));
  }

  /** Whether this policy, or one that narrows it, lists {@code method} by its whole path. */
  public boolean names(MethodPath method) {
    return listedPaths.exact().contains(method.value())
        || (narrower.isPresent() && narrower.get().names(method));
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
        rules,
        publicMethods,
        Optional.of(narrower.map(known -> known.narrowedBy(other)).orElse(other)));
  }

  /**
   * The decision on a caller that nothing has verified. Meant for people: nothing is remembered.
   *
   * @param principal the principal; of a role whose unique id is not known, an allow rule that is
   *     pinned to one does not match, and a deny rule does
   * @param attributes its attributes
   * @param call the facts that conditions read
   */
  public Decision evaluate(
      Principal principal, Attributes attributes, MethodPath method, CallFacts call) {
    return narrower.isEmpty()
        ? compiled.decide(principal, attributes, method, call)
        : evaluate(rules -> rules.decide(principal, attributes, method, call));
  }

  /** The same of a caller without attributes. */
  public Decision evaluate(Principal principal, MethodPath method, CallFacts call) {
    return evaluate(principal, Attributes.none(), method, call);
  }

  /** The policy that a decision of {@link #evaluate} comes from: this one, or a narrower one. */
  public AccessPolicy deciding(
      Principal principal, Attributes attributes, MethodPath method, CallFacts call) {
    return deciding(rules -> rules.decide(principal, attributes, method, call));
  }

  /** If any of the policies reads the call, the decision holds for this call alone. */
  private Decision evaluate(Function<CompiledRules, Decision> question) {
    Decision here = question.apply(compiled);
    if (narrower.isEmpty()) {
      return here;
    }
    Decision there = narrower.get().evaluate(question);
    Decision decision = CompiledRules.stricter(here, there);
    boolean bothOfCaller =
        here.validity() instanceof Validity.ForCaller
            && there.validity() instanceof Validity.ForCaller;
    return bothOfCaller ? decision : decision.forThisCallOnly();
  }

  private AccessPolicy deciding(Function<CompiledRules, Decision> question) {
    if (narrower.isEmpty()) {
      return this;
    }
    Decision here = question.apply(compiled);
    Decision there = narrower.get().evaluate(question);
    boolean isOfThis = here != there && CompiledRules.stricter(here, there) == here;
    return isOfThis ? this : narrower.get().deciding(question);
  }

  /** The rules of this policy alone, deny rules first, each list in the order it is written. */
  public List<PolicyRule> rules() {
    return rules;
  }

  /** The rule of that name in this policy alone. */
  public Optional<PolicyRule> rule(RuleName name) {
    return rules.stream().filter(rule -> rule.name().equals(name)).findFirst();
  }

  /** The paths that this policy alone lists as public, in the order they are written. */
  public List<PlacedPath> publicMethods() {
    return publicMethods;
  }

  /**
   * The aliases of issuers and authorities that the rules name, here and in the policies that
   * narrow this one. A server that lacks one would never match such a principal.
   */
  public Set<IssuerAlias> aliases() {
    return patterns()
        .flatMap(pattern -> aliasIn(pattern).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The permissions that rules require a grant of, here and in the policies that narrow this one.
   */
  public Set<PermissionName> permissions() {
    return layers().stream()
        .flatMap(layer -> layer.rules.stream())
        .flatMap(rule -> rule.source().grant().stream())
        .map(GrantRequirement::permission)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The SPIFFE trust domains that the rules name, here and in the policies that narrow this one. A
   * server that lacks one would never match such a principal.
   */
  public Set<String> trustDomains() {
    return patterns()
        .flatMap(pattern -> trustDomainIn(pattern).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  private Stream<PrincipalPattern> patterns() {
    return layers().stream()
        .flatMap(layer -> layer.rules.stream())
        .flatMap(rule -> rule.source().patterns());
  }

  /** The trust domain that a pattern names; empty for a pattern of another kind. */
  public static Optional<String> trustDomainIn(PrincipalPattern pattern) {
    if (pattern instanceof CertificatePattern.Spiffe one) {
      return Optional.of(one.id().trustDomain());
    }
    return pattern instanceof CertificatePattern.SpiffePrefix several
        ? Optional.of(several.trustDomain())
        : Optional.empty();
  }

  /** The alias that a pattern names; empty for a pattern of another kind. */
  public static Optional<IssuerAlias> aliasIn(PrincipalPattern pattern) {
    if (pattern instanceof OidcPattern ofIssuer) {
      return Optional.of(ofIssuer.issuer());
    }
    return pattern instanceof CertificatePattern.Dns dns
        ? Optional.of(dns.name().authority())
        : Optional.empty();
  }

  /** This policy alone and those that narrow it, in the order they were put on. */
  public List<AccessPolicy> layers() {
    return Stream.concat(
            Stream.of(this), narrower.stream().flatMap(other -> other.layers().stream()))
        .toList();
  }

  int memoSize() {
    return memo.size();
  }

  @Override
  public String toString() {
    return "AccessPolicy[" + name + "]";
  }
}
