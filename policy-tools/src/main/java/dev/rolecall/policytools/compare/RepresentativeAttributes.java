package dev.rolecall.policytools.compare;

import dev.rolecall.identity.ApiClient;
import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.ClaimValue;
import dev.rolecall.identity.OidcSubject;
import dev.rolecall.identity.Principal;
import dev.rolecall.identity.pattern.OidcPattern;
import dev.rolecall.policy.PolicyRule;
import dev.rolecall.policy.claim.CallerConditions;
import dev.rolecall.policy.claim.ClaimCondition;
import dev.rolecall.policy.claim.ClaimName;
import dev.rolecall.policy.claim.ClaimTest;
import dev.rolecall.policy.claim.TagCondition;
import dev.rolecall.policytools.CallerQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Attributes that stand for all attributes of one caller: whatever a credential states of it, one
 * of these meets the same conditions of some rules. What the caller has already stays.
 */
final class RepresentativeAttributes {

  private static final Principal OTHER_ACTOR = new ApiClient("another");
  private static final String OTHER_SCOPE = "~";

  private final Collection<PolicyRule> rules;
  private List<Attributes> made;

  private RepresentativeAttributes(Collection<PolicyRule> rules, Attributes caller) {
    this.rules = rules;
    this.made = List.of(caller);
  }

  /**
   * The attributes, the plainest first: those that the caller has.
   *
   * @param rules the rules that may mean the caller
   * @throws IllegalArgumentException if they are more than {@link RepresentativeCalls#MOST}
   */
  static List<Attributes> of(Collection<PolicyRule> rules, CallerQuery caller) {
    RepresentativeAttributes all = new RepresentativeAttributes(rules, caller.attributes());
    all.varyClient(caller);
    all.varyScopes();
    all.varyClaims();
    all.varyTags();
    all.varyActors();
    return all.made;
  }

  /** Whether some rule tells delegated callers from others. */
  static boolean tellActors(Stream<PolicyRule> rules) {
    return rules.anyMatch(rule -> !(rule.source().actors() instanceof PolicyRule.Actors.Unstated));
  }

  private void varyClient(CallerQuery caller) {
    if (caller.principal().orElseThrow() instanceof OidcSubject subject) {
      Collection<String> clients =
          rules.stream()
              .flatMap(rule -> rule.principals().stream())
              .flatMap(principal -> principal.patterns())
              .filter(OidcPattern.Client.class::isInstance)
              .map(OidcPattern.Client.class::cast)
              .filter(client -> client.issuer().equals(subject.issuer()))
              .map(OidcPattern.Client::client)
              .collect(Collectors.toCollection(TreeSet::new));
      vary(clients, (attributes, client) -> Optional.of(attributes.withClient(client)));
    }
  }

  /** Each set of the scopes that rules name, and another scope without them. */
  private void varyScopes() {
    Collection<String> scopes =
        conditions()
            .flatMap(each -> each.scopes().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    for (String scope : scopes) {
      vary(List.of(scope), RepresentativeAttributes::withScope);
    }
    if (!scopes.isEmpty()) {
      vary(List.of(OTHER_SCOPE), RepresentativeAttributes::withScope);
    }
  }

  private static Optional<Attributes> withScope(Attributes attributes, String scope) {
    Set<String> more = new HashSet<>(attributes.scopes());
    more.add(scope);
    return Optional.of(attributes.withScopes(more));
  }

  private void varyClaims() {
    SortedMap<String, List<ClaimCondition>> byName = new TreeMap<>();
    conditions()
        .flatMap(each -> each.claims().stream())
        .forEach(
            claim ->
                byName
                    .computeIfAbsent(claim.claim().toString(), name -> new ArrayList<>())
                    .add(claim));
    for (List<ClaimCondition> ofOne : byName.values()) {
      ClaimName name = ofOne.get(0).claim();
      vary(
          RepresentativeValues.of(ofOne.stream().map(ClaimCondition::test).toList()),
          (attributes, value) ->
              with(attributes.claims(), name.names(), value).map(attributes::withClaims));
    }
  }

  /** The claims with one more; empty if another claim stands in its way. */
  private static Optional<Map<String, ClaimValue>> with(
      Map<String, ClaimValue> claims, List<String> names, ClaimValue value) {
    Map<String, ClaimValue> more = new TreeMap<>(claims);
    String name = names.get(0);
    if (names.size() == 1) {
      return more.put(name, value) == null ? Optional.of(more) : Optional.empty();
    }
    ClaimValue outer = claims.getOrDefault(name, new ClaimValue.Members(Map.of()));
    return outer instanceof ClaimValue.Members members
        ? with(members.values(), names.subList(1, names.size()), value)
            .map(
                inner -> {
                  more.put(name, new ClaimValue.Members(inner));
                  return more;
                })
        : Optional.empty();
  }

  private void varyTags() {
    SortedMap<String, List<ClaimTest>> byTag = new TreeMap<>();
    conditions()
        .flatMap(each -> each.tags().stream())
        .forEach(
            (TagCondition tag) ->
                byTag.computeIfAbsent(tag.tag(), name -> new ArrayList<>()).add(tag.test()));
    byTag.forEach(
        (tag, tests) ->
            vary(
                RepresentativeValues.of(tests).stream()
                    .filter(ClaimValue.Text.class::isInstance)
                    .map(value -> ((ClaimValue.Text) value).value())
                    .toList(),
                (attributes, value) -> {
                  Map<String, String> more = new TreeMap<>(attributes.tags());
                  more.put(tag, value);
                  return Optional.of(attributes.withTags(more));
                }));
  }

  /** A deny rule means the party that acts by its principals too. */
  private void varyActors() {
    if (!tellActors(rules.stream())) {
      return;
    }
    Collection<Principal> actors =
        new ArrayList<>(
            RepresentativeCallers.principals(
                rules.stream()
                    .flatMap(
                        rule ->
                            Stream.concat(
                                rule.source().actors().listed().stream(),
                                rule.denies() ? rule.principals().stream() : Stream.empty()))
                    .flatMap(principal -> principal.patterns())));
    actors.add(OTHER_ACTOR);
    vary(actors, (attributes, actor) -> Optional.of(attributes.withActors(List.of(actor))));
  }

  private Stream<CallerConditions> conditions() {
    return rules.stream().map(rule -> rule.source().conditions());
  }

  /** Adds to all that are made those with each of the values. */
  private <T> void vary(
      Collection<T> values, BiFunction<Attributes, T, Optional<Attributes>> with) {
    if ((values.size() + 1L) * made.size() > RepresentativeCalls.MOST) {
      throw RepresentativeCalls.tooMany();
    }
    List<Attributes> more = new ArrayList<>(made);
    for (T value : values) {
      made.forEach(attributes -> with.apply(attributes, value).ifPresent(more::add));
    }
    made = more;
  }
}
