package dev.rolecall.policy.document.internal;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.IssuerAlias;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.internal.Nearest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The aliases of the issuers and authorities that a server has, and its SPIFFE trust domains, if
 * the reader of a policy is told. A principal of another one would match no caller, so a deny rule
 * with it would have no effect.
 *
 * @param aliases the aliases; empty if they are not known, and each may be right
 * @param trustDomains the trust domains, likewise
 */
public record KnownAliases(Optional<Set<IssuerAlias>> aliases, Optional<Set<String>> trustDomains) {

  private static final KnownAliases UNTOLD = new KnownAliases(Optional.empty(), Optional.empty());

  /** Copies. */
  public KnownAliases {
    aliases = requireNonNull(aliases, "aliases").map(Set::copyOf);
    trustDomains = requireNonNull(trustDomains, "trustDomains").map(Set::copyOf);
  }

  /** Any alias and any trust domain may be right. */
  public static KnownAliases untold() {
    return UNTOLD;
  }

  /** Those aliases and no others, and any trust domain. */
  public static KnownAliases of(Set<IssuerAlias> aliases) {
    return UNTOLD.with(aliases);
  }

  /** The same with those aliases and no others. */
  public KnownAliases with(Set<IssuerAlias> known) {
    return new KnownAliases(Optional.of(known), trustDomains);
  }

  /** The same with those trust domains and no others. */
  public KnownAliases withTrustDomains(Set<String> known) {
    return new KnownAliases(aliases, Optional.of(known));
  }

  /** The text that would be right in the place of a principal that is unknown; else empty. */
  public Optional<String> expectedInsteadOf(PrincipalPattern pattern) {
    Optional<String> alias =
        aliases.flatMap(
            known ->
                AccessPolicy.aliasIn(pattern)
                    .filter(name -> !known.contains(name))
                    .map(name -> expectedAlias(pattern.toString(), name.value(), known)));
    return alias.or(
        () ->
            trustDomains.flatMap(
                known ->
                    AccessPolicy.trustDomainIn(pattern)
                        .filter(name -> !known.contains(name))
                        .map(name -> expectedTrustDomain(pattern.toString(), name, known))));
  }

  private static String expectedAlias(String text, String alias, Set<IssuerAlias> known) {
    List<String> names = known.stream().map(IssuerAlias::value).sorted().toList();
    return names.isEmpty()
        ? "none with an alias: the server has no issuer and no authority"
        : nearest(text, ":%s:", alias, names, "an alias of the server: ");
  }

  private static String expectedTrustDomain(String text, String domain, Set<String> known) {
    List<String> names = known.stream().sorted().toList();
    return names.isEmpty()
        ? "none of SPIFFE: the server has no trust domain"
        : nearest(text, "://%s/", domain, names, "a trust domain of the server: ");
  }

  /** The text with the nearest name in the place of what is written, or all the names. */
  private static String nearest(
      String text, String form, String written, List<String> names, String all) {
    return Nearest.to(written, names)
        .map(
            near -> text.replaceFirst(Pattern.quote(form.formatted(written)), form.formatted(near)))
        .orElseGet(() -> names.stream().collect(Collectors.joining(", ", all, "")));
  }
}
