package dev.rolecall.access.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.Answer;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.FakeScheme;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.testsupport.ManualTime;
import dev.rolecall.testsupport.RecordedTelemetry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

/** A look-up by one fake scheme: time stands still, and all work is done on the test's thread. */
final class LookupBench implements AutoCloseable {

  private static final Duration LIFE = Duration.ofMinutes(15);

  final ManualTime time = new ManualTime();
  final FakeScheme scheme = new FakeScheme("key");
  final RecordedTelemetry recorded = new RecordedTelemetry();
  final CallerLookup lookup;
  private final AccessRuntime runtime;

  LookupBench() {
    this(limits -> limits);
  }

  LookupBench(UnaryOperator<LookupLimits> limits) {
    this(limits.apply(LookupLimits.ofDefaults()), CacheBounds.ofDefaults(), Runnable::run);
  }

  LookupBench(LookupLimits limits, CacheBounds caches, Executor executor) {
    this.runtime =
        AccessRuntime.builder()
            .clock(time)
            .ticker(time::nanos)
            .lookUpExecutor(executor)
            .openTelemetry(recorded.telemetry())
            .build();
    this.lookup = CallerLookup.of(List.of(scheme), limits, caches, runtime);
  }

  /** Has the issuer answer one look-up first: limits are others at one that never did. */
  LookupBench answering() {
    scheme.then(yes());
    done(lookup.find(FakeScheme.header("key:another:0"), Connection.withoutTls("192.0.2.250")));
    scheme.fromNowOn();
    return this;
  }

  /** A caller whose credential lapses in a quarter of an hour. */
  Answer yes() {
    return FakeScheme.yes(FakeScheme.caller("checkout", time.instant().plus(LIFE)));
  }

  CompletableFuture<Verification> begin(int number) {
    return begin(number, "198.51.100.1");
  }

  CompletableFuture<Verification> begin(int number, String peer) {
    return lookup.find(FakeScheme.header("key:id:" + number), Connection.withoutTls(peer));
  }

  /** The verdict, which must be there already. */
  Verification find(int number) {
    return done(begin(number));
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

  @Override
  public void close() {
    lookup.close();
    runtime.close();
  }
}
