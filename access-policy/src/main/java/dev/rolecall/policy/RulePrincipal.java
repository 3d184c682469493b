package dev.rolecall.policy;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.Principal;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.identity.pattern.RolePattern;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A principal of a rule, as its writer wrote it, and the patterns that it stands for. Immutable.
 */
public sealed interface RulePrincipal {

  /** Calls the function of the arm this is. */
  default <T> T fold(
      Function<Single, T> single, Function<EachAccount, T> accounts, Function<Group, T> group) {
    if (this instanceof Single one) {
      return single.apply(one);
    }
    if (this instanceof EachAccount each) {
      return accounts.apply(each);
    }
    if (this instanceof Group members) {
      return group.apply(members);
    }
    throw new AssertionError();
  }

  /** The text in a policy file, but for the path of a role. */
  String text();

  /** The place where it is written; empty for one that a builder was given. */
  Optional<Place> at();

  /** The patterns that it stands for, in the order they are written; at least one. */
  Stream<PrincipalPattern> patterns();

  /** The principal of one pattern, which is written nowhere. */
  static RulePrincipal of(PrincipalPattern pattern) {
    return new Single(pattern, Optional.empty());
  }

  /**
   * Whether it means that caller.
   *
   * @param deny whether a deny rule asks: an unknown role id may then be any
   */
  default boolean matches(Principal principal, Attributes attributes, boolean deny) {
    return patterns()
        .anyMatch(pattern -> PrincipalIndex.matches(pattern, principal, attributes, deny));
  }

  /** Whether it means that role under some unique id, and under no other. */
  default boolean pins(RoleArn role) {
    return patterns()
        .anyMatch(
            pattern ->
                pattern instanceof RolePattern.PinnedRole pinned && pinned.role().equals(role));
  }

  /**
   * One pattern.
   *
   * @param pattern the pattern
   * @param at the place where it is written; empty for one that a builder was given
   */
  record Single(PrincipalPattern pattern, Optional<Place> at) implements RulePrincipal {
    /** Checks that nothing is absent. */
    public Single {
      requireNonNull(pattern, "pattern");
      requireNonNull(at, "at");
    }

    @Override
    public String text() {
      return pattern.toString();
    }

    @Override
    public Stream<PrincipalPattern> patterns() {
      return Stream.of(pattern);
    }

    @Override
    public String toString() {
      return text();
    }
  }

  /**
   * A pattern with an account group in the place of its account: one pattern for each account.
   *
   * @param text the text, such as {@code arn:aws:iam::{prod}:role/checkout}
   * @param members the pattern of each account; at least one
   * @param at the place where it is written
   */
  record EachAccount(String text, List<PrincipalPattern> members, Optional<Place> at)
      implements RulePrincipal {
    /**
     * Checks that it stands for something.
     *
     * @throws IllegalArgumentException if there is no member
     */
    public EachAccount {
      requireNonNull(text, "text");
      requireNonNull(at, "at");
      members = List.copyOf(members);
      if (members.isEmpty()) {
        throw new IllegalArgumentException("members: none (expected: at least one)");
      }
    }

    @Override
    public Stream<PrincipalPattern> patterns() {
      return members.stream();
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * A named group.
   *
   * @param group the group
   * @param at the place where the rule names it
   */
  record Group(PrincipalGroup group, Optional<Place> at) implements RulePrincipal {
    /** Checks that nothing is absent. */
    public Group {
      requireNonNull(group, "group");
      requireNonNull(at, "at");
    }

    /** The first member that means that caller, as {@link #matches} says it. */
    public Optional<RulePrincipal> memberMatching(
        Principal principal, Attributes attributes, boolean deny) {
      return group.members().stream()
          .filter(member -> member.matches(principal, attributes, deny))
          .findFirst();
    }

    @Override
    public String text() {
      return group.toString();
    }

    @Override
    public Stream<PrincipalPattern> patterns() {
      return group.patterns();
    }

    @Override
    public String toString() {
      return text();
    }
  }
}
