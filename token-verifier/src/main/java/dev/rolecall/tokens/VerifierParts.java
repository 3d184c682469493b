package dev.rolecall.tokens;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.internal.InvalidValue;
import dev.rolecall.jwt.TokenLimits;
import dev.rolecall.tokens.internal.budget.SignatureBudget;
import dev.rolecall.tokens.internal.claim.IntrospectionRules;
import dev.rolecall.tokens.internal.claim.TokenRules;
import dev.rolecall.tokens.internal.http.HttpIssuerTransport;
import dev.rolecall.tokens.internal.http.IssuerExchanges;
import dev.rolecall.tokens.internal.http.IssuerFailures;
import dev.rolecall.tokens.internal.http.IssuerTransport;
import dev.rolecall.tokens.internal.http.TrustFile;
import dev.rolecall.tokens.internal.introspection.IntrospectionSettings;
import dev.rolecall.tokens.internal.introspection.Introspector;
import dev.rolecall.tokens.internal.keys.IssuerKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Puts a verifier together, once its settings have been checked. For one use. */
final class VerifierParts {

  private final AccessRuntime runtime;
  private final Executor waiters;
  private final IssuerFailures failures;
  private final @Nullable IssuerTransport given;

  /** One HTTP client for each set of certificate authorities. */
  private final Map<Optional<Path>, IssuerExchanges> exchanges = new HashMap<>();

  private VerifierParts(AccessRuntime runtime, @Nullable IssuerTransport given) {
    this.runtime = requireNonNull(runtime, "runtime");
    this.waiters = runtime.newWaiters("rolecall-issuers-");
    this.failures = new IssuerFailures(runtime.telemetry());
    this.given = given;
  }

  /** Parts that work with that runtime; with that transport in place of HTTP, where it is given. */
  static VerifierParts of(AccessRuntime runtime, @Nullable IssuerTransport given) {
    return new VerifierParts(runtime, given);
  }

  TokenCallerVerifier verifier(
      List<TokenIssuer> issuers,
      Set<String> audiences,
      TokenLimits limits,
      Duration signatureTime) {
    List<TokenRules> rules = issuers.stream().map(each -> each.rules(audiences)).toList();
    check(rules);
    Optional<OpaqueTokens> opaque = opaque(issuers, rules);
    List<KeyedIssuer> keyed = new ArrayList<>();
    for (int i = 0; i < issuers.size(); i++) {
      keyed.add(new KeyedIssuer(rules.get(i), keys(issuers.get(i))));
    }
    keyed.forEach(each -> each.keys().start());
    return new TokenCallerVerifier(
        new SignedTokens(
            new IssuerTable(keyed),
            limits,
            new SignatureVerdicts(new SignatureBudget(signatureTime, runtime.ticker()), runtime)),
        opaque);
  }

  private static void check(List<TokenRules> issuers) {
    if (issuers.isEmpty()) {
      throw new IllegalArgumentException("issuers: none (expected: at least one, by accept(...))");
    }
    Set<String> seen = new HashSet<>();
    for (TokenRules each : issuers) {
      once(seen, "alias", each.alias().value());
      once(seen, "issuer", each.issuer());
      each.trustDomain().ifPresent(domain -> once(seen, "trust domain", domain));
    }
  }

  private static void once(Set<String> seen, String what, String value) {
    if (!seen.add(what + " " + value)) {
      throw InvalidValue.of(what, value, "each one once");
    }
  }

  private IssuerKeys keys(TokenIssuer issuer) {
    return new IssuerKeys(
        issuer.alias(), issuer.issuer(), issuer.keys(), exchanges(issuer), failures);
  }

  private IssuerExchanges exchanges(TokenIssuer issuer) {
    return exchanges.computeIfAbsent(
        issuer.keys().trust(),
        trust ->
            new IssuerExchanges(
                given != null
                    ? given
                    : HttpIssuerTransport.create(waiters, trust.map(TrustFile::context)),
                runtime));
  }

  private Optional<OpaqueTokens> opaque(List<TokenIssuer> issuers, List<TokenRules> rules) {
    Optional<OpaqueTokens> found = Optional.empty();
    for (int i = 0; i < issuers.size(); i++) {
      TokenIssuer issuer = issuers.get(i);
      if (issuer.introspection().isPresent()) {
        if (found.isPresent()) {
          throw InvalidValue.of(
              "introspection", issuer.alias().value(), "one issuer, since a token names none");
        }
        found = Optional.of(opaque(issuer, rules.get(i), issuer.introspection().get()));
      }
    }
    return found;
  }

  private OpaqueTokens opaque(
      TokenIssuer issuer, TokenRules rules, IntrospectionSettings settings) {
    return new OpaqueTokens(
        new IntrospectionRules(rules, settings.audienceMayBeAbsent(), settings.again()),
        new Introspector(issuer.alias(), settings, exchanges(issuer), failures, waiters),
        runtime.clock());
  }
}
