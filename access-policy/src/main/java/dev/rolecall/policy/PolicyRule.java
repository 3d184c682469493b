package dev.rolecall.policy;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.Principal;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.policy.claim.CallerConditions;
import dev.rolecall.policy.condition.CallConditions;
import dev.rolecall.policy.grant.GrantRequirement;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A rule as it is written. It matches when its source means the caller, one of its paths the
 * method, and its conditions on the call hold.
 *
 * @param name the rule's name
 * @param section the list that the rule stands in: {@code DENY_RULES} or {@code ALLOW_RULES}
 * @param source the callers that the rule means
 * @param paths the methods that the rule means; at least one
 * @param conditions the conditions on the call itself, which narrow the rule
 * @param at the place of the rule; empty for a rule that a builder was given
 */
public record PolicyRule(
    RuleName name,
    PolicySection section,
    Source source,
    List<PlacedPath> paths,
    CallConditions conditions,
    Optional<Place> at) {

  /**
   * The callers that a rule means.
   *
   * @param principals the principals; at least one
   * @param conditions the conditions on the caller, which narrow the rule
   * @param actors the parties that may act for the principals
   * @param grant the grant that the caller must hold; only in an allow rule
   */
  public record Source(
      List<RulePrincipal> principals,
      CallerConditions conditions,
      Actors actors,
      Optional<GrantRequirement> grant) {

    /**
     * Checks that the source means something: what is left out never means "any".
     *
     * @throws IllegalArgumentException if there is no principal
     */
    public Source {
      principals = List.copyOf(principals);
      requireNonNull(conditions, "conditions");
      requireNonNull(actors, "actors");
      requireNonNull(grant, "grant");
      if (principals.isEmpty()) {
        throw new IllegalArgumentException("principals: none (expected: at least one)");
      }
    }

    /**
     * The callers of those principals, without conditions. An allow rule then means no caller that
     * another party acts for.
     *
     * @throws IllegalArgumentException if there is no principal
     */
    public static Source of(Collection<? extends PrincipalPattern> principals) {
      return new Source(
          principals.stream().map(RulePrincipal::of).toList(),
          CallerConditions.none(),
          new Actors.Unstated(),
          Optional.empty());
    }

    /** The same where those conditions hold too. */
    public Source where(CallerConditions more) {
      return new Source(principals, conditions.and(more), actors, grant);
    }

    /** The same with those actors. */
    public Source with(Actors actors) {
      return new Source(principals, conditions, actors, grant);
    }

    /** The same where the caller holds that grant too. */
    public Source requiring(GrantRequirement grant) {
      return new Source(principals, conditions, actors, Optional.of(grant));
    }

    /** The patterns of all principals and actors. */
    Stream<PrincipalPattern> patterns() {
      return Stream.concat(principals.stream(), actors.listed().stream())
          .flatMap(RulePrincipal::patterns);
    }

    /** The principals that mean that caller, in the order they are written. */
    Stream<RulePrincipal> principalsMatching(
        Principal principal, Attributes attributes, boolean deny) {
      return principals.stream()
          .filter(
              each ->
                  each.matches(principal, attributes, deny)
                      || (deny
                          && attributes
                              .actor()
                              .filter(actor -> each.matches(actor, attributes, true))
                              .isPresent()));
    }
  }

  /**
   * The parties that may act for the principals of a rule, as {@code source.actors} has it. Only
   * the party that acts now counts, not those before it.
   *
   * <table>
   *   <caption>Whether a rule may match</caption>
   *   <tr><th>actors</th><th>allow, caller acts for itself</th><th>allow, another acts for it</th>
   *       <th>deny</th></tr>
   *   <tr><td>left out</td><td>yes</td><td>no</td><td>yes</td></tr>
   *   <tr><td>{@code any}</td><td>yes</td><td>yes</td><td>yes</td></tr>
   *   <tr><td>a list</td><td>no</td><td>if the list means the actor</td>
   *       <td>if the list means the actor</td></tr>
   * </table>
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc8693#section-4.1">RFC 8693, section 4.1</a>
   */
  public sealed interface Actors {

    /** Calls the function of the arm this is. */
    default <T> T fold(
        Function<Unstated, T> unstated, Function<Any, T> any, Function<OneOf, T> oneOf) {
      if (this instanceof Unstated none) {
        return unstated.apply(none);
      }
      if (this instanceof Any each) {
        return any.apply(each);
      }
      if (this instanceof OneOf some) {
        return oneOf.apply(some);
      }
      throw new AssertionError();
    }

    /**
     * Whether the rule may match a caller with that actor.
     *
     * @param actor the party that acts now; empty for a caller that acts for itself
     * @param deny whether a deny rule asks
     */
    default boolean admit(Optional<Principal> actor, boolean deny) {
      return fold(
          unstated -> deny || actor.isEmpty(),
          any -> true,
          some ->
              actor.isPresent()
                  && some.principals().stream()
                      .anyMatch(each -> each.matches(actor.get(), Attributes.none(), deny)));
    }

    /** The actors that are listed; none if there is no list. */
    default List<RulePrincipal> listed() {
      return fold(unstated -> List.of(), any -> List.of(), OneOf::principals);
    }

    /** The rule says nothing of actors. */
    record Unstated() implements Actors {}

    /** Any actor, and none. */
    record Any() implements Actors {}

    /**
     * One of these actors.
     *
     * @param principals the actors; at least one. An actor's client is not known, so a pattern of a
     *     client means none
     */
    record OneOf(List<RulePrincipal> principals) implements Actors {
      /**
       * Copies.
       *
       * @throws IllegalArgumentException if there is none
       */
      public OneOf {
        principals = List.copyOf(principals);
        if (principals.isEmpty()) {
          throw new IllegalArgumentException("actors: none (expected: at least one)");
        }
      }
    }

    /**
     * One of these actors.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Actors of(PrincipalPattern... actors) {
      return new OneOf(Stream.of(actors).map(RulePrincipal::of).toList());
    }
  }

  /**
   * Checks that the rule means something: what is left out never means "any".
   *
   * @throws IllegalArgumentException if there is no path, if the section is no list of rules, or if
   *     a deny rule requires a grant
   */
  public PolicyRule {
    requireNonNull(name, "name");
    requireNonNull(conditions, "conditions");
    requireNonNull(at, "at");
    if (section == PolicySection.PUBLIC_METHODS) {
      throw new IllegalArgumentException(
          "section: " + section + " (expected: deny_rules or allow_rules)");
    }
    requireNonNull(source, "source");
    if (section == PolicySection.DENY_RULES && source.grant().isPresent()) {
      throw new IllegalArgumentException(
          "rule \"" + name + "\": requires_grant in a deny rule (expected: an allow rule)");
    }
    paths = List.copyOf(paths);
    if (paths.isEmpty()) {
      throw new IllegalArgumentException(
          "rule \"" + name + "\": no paths (expected: at least one)");
    }
  }

  /**
   * A rule without conditions.
   *
   * @throws IllegalArgumentException if there is no principal or no path, or if the section is no
   *     list of rules
   */
  public PolicyRule(
      RuleName name,
      PolicySection section,
      List<RulePrincipal> principals,
      List<PlacedPath> paths,
      Optional<Place> at) {
    this(
        name,
        section,
        new Source(principals, CallerConditions.none(), new Actors.Unstated(), Optional.empty()),
        paths,
        CallConditions.none(),
        at);
  }

  /** The principals of the source. */
  public List<RulePrincipal> principals() {
    return source.principals();
  }

  /** Whether the rule denies. */
  public boolean denies() {
    return section == PolicySection.DENY_RULES;
  }

  /**
   * The principals that mean that caller, in the order they are written. Those of a deny rule also
   * mean a caller that one of them acts for.
   */
  public Stream<RulePrincipal> principalsMatching(Principal principal, Attributes attributes) {
    return source.principalsMatching(principal, attributes, denies());
  }

  /** The paths that match, in the order they are written. */
  public Stream<PlacedPath> pathsMatching(MethodPath method) {
    return paths.stream().filter(path -> path.pattern().matches(method));
  }
}
