package dev.rolecall.policy.internal.view;

import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.ClaimValue;
import dev.rolecall.policy.claim.CallerConditions;
import dev.rolecall.policy.claim.ClaimCondition;
import dev.rolecall.policy.claim.ClaimName;
import dev.rolecall.policy.claim.ClaimTest;
import dev.rolecall.policy.claim.TagCondition;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The attributes that the rules of a policy name. A view of a caller costs nothing where the caller
 * has no attributes, as one known by a proof or a key, or where the rules name none and the caller
 * acts for itself.
 *
 * @param client whether a rule names a client
 * @param claims the claims that rules name, each with the elements of lists that they name
 * @param scopes the scopes that rules name
 * @param tags the tags that rules name
 */
public record NamedAttributes(
    boolean client, Map<ClaimName, Set<ClaimValue>> claims, Set<String> scopes, Set<String> tags) {

  /** Copies. */
  public NamedAttributes {
    claims = Map.copyOf(claims);
    scopes = Set.copyOf(scopes);
    tags = Set.copyOf(tags);
  }

  /**
   * The attributes that these rules name.
   *
   * @param client whether a rule has a pattern that means a client
   * @param conditions the conditions of each rule
   */
  public static NamedAttributes of(boolean client, Collection<CallerConditions> conditions) {
    Map<ClaimName, Set<ClaimValue>> claims = new HashMap<>();
    Set<String> scopes = new HashSet<>();
    Set<String> tags = new HashSet<>();
    for (CallerConditions each : conditions) {
      for (ClaimCondition claim : each.claims()) {
        Set<ClaimValue> elements = claims.computeIfAbsent(claim.claim(), name -> new HashSet<>());
        if (claim.test() instanceof ClaimTest.Contains contains) {
          elements.add(contains.element());
        }
      }
      scopes.addAll(each.scopes());
      each.tags().stream().map(TagCondition::tag).forEach(tags::add);
    }
    return new NamedAttributes(client, claims, scopes, tags);
  }

  /** The attributes that these name, those name, or both. */
  public NamedAttributes and(NamedAttributes other) {
    Map<ClaimName, Set<ClaimValue>> both = new HashMap<>(claims);
    other.claims.forEach(
        (name, elements) ->
            both.merge(
                name,
                elements,
                (one, two) ->
                    Stream.concat(one.stream(), two.stream())
                        .collect(Collectors.toUnmodifiableSet())));
    return new NamedAttributes(
        client || other.client, both, union(scopes, other.scopes), union(tags, other.tags));
  }

  private static Set<String> union(Set<String> one, Set<String> other) {
    return Stream.concat(one.stream(), other.stream()).collect(Collectors.toUnmodifiableSet());
  }

  /** Those of the attributes that a rule may tell from others. */
  public AttributesView of(Attributes caller) {
    if (caller.isNone() || (namesNothing() && caller.actors().isEmpty())) {
      return AttributesView.NOTHING;
    }
    return new AttributesView(
        client ? caller.client() : Optional.empty(),
        scopes.isEmpty() ? Set.of() : intersection(scopes, caller.scopes()),
        !scopes.isEmpty() && !caller.scopes().isEmpty(),
        claims.isEmpty() ? Map.of() : claims(caller.claims()),
        tags.isEmpty() ? Map.of() : tags(caller.tags()),
        caller.actor());
  }

  private boolean namesNothing() {
    return !client && claims.isEmpty() && scopes.isEmpty() && tags.isEmpty();
  }

  private static Set<String> intersection(Set<String> named, Set<String> given) {
    Set<String> both = new HashSet<>(given);
    both.retainAll(named);
    return both;
  }

  private Map<ClaimName, ClaimValue> claims(Map<String, ClaimValue> given) {
    Map<ClaimName, ClaimValue> view = new HashMap<>();
    claims.forEach(
        (name, elements) ->
            name.in(given).ifPresent(value -> view.put(name, compact(value, elements))));
    return view;
  }

  /** No test reads the members of an object, and of a list only named elements. */
  private static ClaimValue compact(ClaimValue value, Set<ClaimValue> elements) {
    if (value instanceof ClaimValue.Members) {
      return ClaimValue.Other.INSTANCE;
    }
    if (value instanceof ClaimValue.Items items) {
      List<ClaimValue> named = items.values().stream().filter(elements::contains).toList();
      return new ClaimValue.Items(named);
    }
    return value;
  }

  private Map<String, String> tags(Map<String, String> given) {
    Map<String, String> view = new HashMap<>(given);
    view.keySet().retainAll(tags);
    return view;
  }
}
