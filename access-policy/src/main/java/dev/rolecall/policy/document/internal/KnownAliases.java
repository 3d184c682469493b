package dev.rolecall.policy.document.internal;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.IssuerAlias;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.internal.Nearest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The aliases of the issuers and authorities that a server has, if the reader of a policy is told.
 * A principal of another alias would match no caller, so a deny rule with it would have no effect.
 *
 * @param aliases the aliases; empty if they are not known, and each may be right
 */
public record KnownAliases(Optional<Set<IssuerAlias>> aliases) {

  private static final KnownAliases UNTOLD = new KnownAliases(Optional.empty());

  /** Copies. */
  public KnownAliases {
    aliases = requireNonNull(aliases, "aliases").map(Set::copyOf);
  }

  /** Any alias may be right. */
  public static KnownAliases untold() {
    return UNTOLD;
  }

  /** Those aliases and no others. */
  public static KnownAliases of(Set<IssuerAlias> aliases) {
    return new KnownAliases(Optional.of(aliases));
  }

  /** What would be right in the place of a principal with an unknown alias; else empty. */
  public Optional<String> expectedInsteadOf(PrincipalPattern pattern) {
    return aliases.flatMap(
        known ->
            AccessPolicy.aliasIn(pattern)
                .filter(alias -> !known.contains(alias))
                .map(alias -> expected(pattern.toString(), alias, known)));
  }

  private static String expected(String text, IssuerAlias alias, Set<IssuerAlias> known) {
    List<String> names = known.stream().map(IssuerAlias::value).sorted().toList();
    if (names.isEmpty()) {
      return "none with an alias: the server has no issuer and no authority";
    }
    return Nearest.to(alias.value(), names)
        .map(near -> text.replaceFirst(":" + alias + ":", ":" + near + ":"))
        .orElseGet(
            () -> names.stream().collect(Collectors.joining(", ", "an alias of the server: ", "")));
  }
}
