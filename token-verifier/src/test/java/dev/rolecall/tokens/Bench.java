package dev.rolecall.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.lookup.CacheBounds;
import dev.rolecall.access.lookup.CallerLookup;
import dev.rolecall.access.lookup.LookupLimits;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.access.scheme.Facts;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.Caller;
import dev.rolecall.testsupport.ManualScheduler;
import dev.rolecall.testsupport.ManualTime;
import dev.rolecall.testsupport.RecordedTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * The scheme in the engine's look-up, on fakes: its time stands still and its work is done on the
 * test's thread.
 */
final class Bench implements AutoCloseable {

  static final Connection PEER = Connection.withoutTls("198.51.100.1");

  final ManualTime time = new ManualTime(Issuers.NOW);
  final ManualScheduler scheduler = new ManualScheduler(time);
  final RecordedTelemetry telemetry = new RecordedTelemetry();
  final Issuers issuers;
  final CallerLookup lookup;
  private final AccessRuntime runtime;

  Bench(Issuers issuers, TokenVerifier verifier) {
    this(issuers, verifier, true);
  }

  /** With its measurements recorded, or not: that takes most of the time of a flood. */
  Bench(Issuers issuers, TokenVerifier verifier, boolean recorded) {
    this.issuers = issuers;
    this.runtime =
        AccessRuntime.builder()
            .clock(time)
            .ticker(time::nanos)
            .lookUpExecutor(Runnable::run)
            .scheduler(scheduler)
            .random(new Random(1))
            .openTelemetry(recorded ? telemetry.telemetry() : OpenTelemetry.noop())
            .build();
    this.lookup =
        CallerLookup.of(
            List.of(verifier.transport(issuers)),
            LookupLimits.ofDefaults(),
            CacheBounds.ofDefaults(),
            runtime);
  }

  /** The usual issuer with all defaults, called okta. */
  static Bench usual() {
    return of(TokenIssuer.of("okta", Issuers.IDP));
  }

  /** One issuer of the usual world. */
  static Bench of(TokenIssuer issuer) {
    return new Bench(Issuers.usual(), issuer.forAudience("orders"));
  }

  CompletableFuture<Verification> begin(String token, String peer) {
    return lookup.find(Credential.bearer(token), Connection.withoutTls(peer));
  }

  /** The verdict, which must be there already. */
  Verification verify(String token) {
    return verify(token, PEER);
  }

  Verification verify(String token, Connection connection) {
    return done(lookup.find(Credential.bearer(token), connection));
  }

  String word(String token) {
    return word(verify(token));
  }

  Caller caller(String token) {
    Verification verdict = verify(token);
    assertThat(word(verdict)).isEqualTo("verified");
    return ((Verification.Verified) verdict).caller();
  }

  static Verification done(CompletableFuture<Verification> verification) {
    assertThat(verification).isCompleted();
    return verification.join();
  }

  /** {@code verified}, or the reason's name. */
  static String word(Verification verification) {
    return verification.fold(
        verified -> "verified",
        refused -> "refused " + refused.reason(),
        unavailable -> "unavailable " + unavailable.reason());
  }

  /** The facts of a refusal, each as {@code field=value}. */
  static String facts(Verification verification) {
    return verification
        .fold(
            verified -> Optional.<Facts>empty(),
            Verification.Refused::facts,
            Verification.Unavailable::facts)
        .map(
            facts ->
                facts.list().stream()
                    .map(fact -> fact.field() + "=" + fact.value())
                    .collect(Collectors.joining(", ")))
        .orElse("");
  }

  @Override
  public void close() {
    lookup.close();
    runtime.close();
    scheduler.shutdownNow();
  }
}
