package dev.rolecall.tokens;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.jwt.TokenLimits;
import dev.rolecall.tokens.internal.budget.SignatureBudget;
import dev.rolecall.tokens.internal.claim.IntrospectionRules;
import dev.rolecall.tokens.internal.http.HttpIssuerTransport;
import dev.rolecall.tokens.internal.http.IssuerExchanges;
import dev.rolecall.tokens.internal.http.IssuerFailures;
import dev.rolecall.tokens.internal.http.IssuerTransport;
import dev.rolecall.tokens.internal.introspection.IntrospectionSettings;
import dev.rolecall.tokens.internal.introspection.Introspector;
import dev.rolecall.tokens.internal.keys.IssuerKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Puts a verifier together, once its settings have been checked. For one use. */
final class VerifierParts {

  private final CheckedIssuers issuers;
  private final AccessRuntime runtime;
  private final Executor waiters;
  private final IssuerFailures failures;
  private final @Nullable IssuerTransport given;

  /** One HTTP client for each set of certificate authorities. */
  private final Map<Optional<Path>, IssuerExchanges> exchanges = new HashMap<>();

  /**
   * The parts of a verifier of those issuers.
   *
   * @param given what carries requests in place of HTTP
   */
  VerifierParts(CheckedIssuers issuers, AccessRuntime runtime, @Nullable IssuerTransport given) {
    this.issuers = requireNonNull(issuers, "issuers");
    this.runtime = requireNonNull(runtime, "runtime");
    this.waiters = runtime.newWaiters("rolecall-issuers-");
    this.failures = new IssuerFailures(runtime.telemetry());
    this.given = given;
  }

  /** The verifier. It begins to fetch keys. */
  TokenCallerVerifier verifier(TokenLimits limits, Duration signatureTime) {
    Optional<OpaqueTokens> opaque = issuers.introspected().flatMap(this::opaque);
    List<KeyedIssuer> keyed =
        issuers.all().stream()
            .map(each -> new KeyedIssuer(each.rules(), keys(each.issuer())))
            .toList();
    keyed.forEach(each -> each.keys().start());
    return new TokenCallerVerifier(
        new SignedTokens(
            new IssuerTable(keyed),
            limits,
            new SignatureVerdicts(new SignatureBudget(signatureTime, runtime.ticker()), runtime)),
        opaque);
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
                    : HttpIssuerTransport.create(waiters, trust.map(issuers::trust)),
                runtime));
  }

  private Optional<OpaqueTokens> opaque(CheckedIssuers.Checked asked) {
    return asked.issuer().introspection().map(settings -> opaque(asked, settings));
  }

  private OpaqueTokens opaque(CheckedIssuers.Checked asked, IntrospectionSettings settings) {
    TokenIssuer issuer = asked.issuer();
    return new OpaqueTokens(
        new IntrospectionRules(asked.rules(), settings.audienceMayBeAbsent(), settings.again()),
        new Introspector(issuer.alias(), settings, exchanges(issuer), failures, waiters),
        runtime.clock());
  }
}
