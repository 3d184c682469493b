package dev.rolecall.tokens;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.InvalidValue;
import dev.rolecall.tokens.internal.claim.TokenRules;
import dev.rolecall.tokens.internal.http.TrustFile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/** The issuers of a verifier, after a check of their settings. Immutable. */
final class CheckedIssuers {

  private final List<Checked> all;
  private final Optional<Checked> introspected;

  /** TLS by each file of certificate authorities. */
  private final Map<Path, SSLContext> trust;

  /**
   * One of them.
   *
   * @param issuer its settings
   * @param rules the rules of its tokens
   */
  record Checked(TokenIssuer issuer, TokenRules rules) {
    Checked {
      requireNonNull(issuer, "issuer");
      requireNonNull(rules, "rules");
    }
  }

  private CheckedIssuers(
      List<Checked> all, Optional<Checked> introspected, Map<Path, SSLContext> trust) {
    this.all = List.copyOf(all);
    this.introspected = introspected;
    this.trust = Map.copyOf(trust);
  }

  /**
   * Checks their settings. Blocks on the files of certificate authorities.
   *
   * @param audiences the verifier's own
   * @throws IllegalArgumentException if there are none, the settings of one break a rule, two are
   *     alike, or such a file has none
   */
  static CheckedIssuers of(List<TokenIssuer> issuers, Set<String> audiences) {
    List<Checked> all =
        issuers.stream().map(each -> new Checked(each, each.rules(audiences))).toList();
    requireDistinct(all);
    return new CheckedIssuers(all, introspected(all), trust(issuers));
  }

  private static void requireDistinct(List<Checked> issuers) {
    if (issuers.isEmpty()) {
      throw new IllegalArgumentException("issuers: none (expected: at least one, by accept(...))");
    }
    Set<String> seen = new HashSet<>();
    for (Checked each : issuers) {
      once(seen, "alias", each.rules().alias().value());
      once(seen, "issuer", each.rules().issuer());
      each.rules().trustDomain().ifPresent(domain -> once(seen, "trust domain", domain));
    }
  }

  private static void once(Set<String> seen, String what, String value) {
    if (!seen.add(what + " " + value)) {
      throw InvalidValue.of(what, value, "each one once");
    }
  }

  private static Optional<Checked> introspected(List<Checked> issuers) {
    List<Checked> found =
        issuers.stream().filter(each -> each.issuer().introspection().isPresent()).toList();
    if (found.size() > 1) {
      throw InvalidValue.of(
          "introspection",
          found.get(1).issuer().alias().value(),
          "one issuer, since a token names none");
    }
    return found.stream().findFirst();
  }

  private static Map<Path, SSLContext> trust(List<TokenIssuer> issuers) {
    Map<Path, SSLContext> contexts = new HashMap<>();
    for (TokenIssuer each : issuers) {
      each.keys().trust().ifPresent(file -> contexts.computeIfAbsent(file, TrustFile::context));
    }
    return contexts;
  }

  List<Checked> all() {
    return all;
  }

  /** The one that is asked about opaque tokens; empty if none is. */
  Optional<Checked> introspected() {
    return introspected;
  }

  /** TLS that trusts the certificates of that file, which an issuer here names. */
  SSLContext trust(Path file) {
    return requireNonNull(trust.get(file), "trust");
  }
}
