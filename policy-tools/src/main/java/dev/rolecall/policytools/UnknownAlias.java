package dev.rolecall.policytools;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.IssuerAlias;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.Place;
import dev.rolecall.policy.PolicyRule;
import dev.rolecall.policy.RulePrincipal;
import dev.rolecall.policy.document.internal.KnownAliases;
import dev.rolecall.policy.internal.Printable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A principal of a policy whose issuer or authority a server does not have. It matches no caller,
 * and in a deny rule it leaves open what was to be closed.
 *
 * @param principal the principal
 * @param at where it is written; empty for a policy made by a builder
 * @param expected what would be right, in words: the nearest principal, or the aliases there are
 */
public record UnknownAlias(String principal, Optional<Place> at, String expected) {

  /** The kind of problem as tools compare it, which is also that of a server's own check. */
  public static final String CODE = "unknown-alias";

  /** Checks that nothing is absent. */
  public UnknownAlias {
    requireNonNull(principal, "principal");
    requireNonNull(at, "at");
    requireNonNull(expected, "expected");
  }

  /** The principals and actors of the policy that have none of those aliases, each place once. */
  public static List<UnknownAlias> in(AccessPolicy policy, Set<IssuerAlias> aliases) {
    KnownAliases known = KnownAliases.of(aliases);
    return policy.layers().stream()
        .flatMap(layer -> layer.rules().stream())
        .map(PolicyRule::source)
        .flatMap(
            source ->
                Stream.concat(source.principals().stream(), source.actors().listed().stream()))
        .flatMap(
            principal ->
                principal.fold(
                    Stream::of, Stream::of, members -> members.group().members().stream()))
        .flatMap(principal -> of(principal, known).stream())
        .distinct()
        .toList();
  }

  private static Optional<UnknownAlias> of(RulePrincipal principal, KnownAliases known) {
    return principal
        .patterns()
        .findFirst()
        .flatMap(known::expectedInsteadOf)
        .map(expected -> new UnknownAlias(principal.text(), principal.at(), expected));
  }

  /** The principal and what would be right, on one line. */
  public String message() {
    return "principals: " + Printable.quoted(principal) + " (expected: " + expected + ")";
  }
}
