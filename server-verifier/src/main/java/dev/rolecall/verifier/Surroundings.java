package dev.rolecall.verifier;

import dev.rolecall.verifier.limits.LookUpLimits;
import dev.rolecall.verifier.metrics.VerifierMetrics;
import dev.rolecall.verifier.sts.HttpStsTransport;
import dev.rolecall.verifier.sts.RetryPolicy;
import dev.rolecall.verifier.sts.StsClient;
import dev.rolecall.verifier.sts.StsLog;
import dev.rolecall.verifier.sts.StsTransport;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Clock;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Time, threads and network of a verifier, while it is being set up; puts it together. */
final class Surroundings {

  OpenTelemetry openTelemetry = OpenTelemetry.noop();
  Clock clock;
  LongSupplier ticker;
  RandomGenerator random = new Random();
  @Nullable Executor executor;
  @Nullable ScheduledExecutorService scheduler;
  @Nullable StsTransport transport;

  Surroundings(Clock clock, LongSupplier ticker) {
    this.clock = clock;
    this.ticker = ticker;
  }

  CallerVerifier verifier(
      StsCallerVerifier.Rules rules, RetryPolicy retries, BoundSettings bounds) {
    VerifierMetrics metrics = new VerifierMetrics(openTelemetry);
    WorkThreads threads = WorkThreads.of(executor, scheduler, metrics);
    StsTransport carried =
        transport != null
            ? transport
            : HttpStsTransport.create(threads.carrier(), threads.resolver(), ticker);
    StsClient.Means means =
        new StsClient.Means(
            carried,
            retries,
            clock,
            ticker,
            threads.executor(),
            threads.scheduler(),
            random,
            new StsLog(metrics),
            threads.supervisor());
    StsClient sts = new StsClient(means);
    var instruments = new StsCallerVerifier.Instruments(clock, ticker, metrics);
    var limits = new LookUpLimits(bounds.ofLookUps(), ticker, sts::isAway);
    return new StsCallerVerifier(
        rules,
        StsCallerVerifier.Memory.empty(bounds.ofAnswers(), limits, instruments, random),
        sts,
        instruments,
        threads);
  }
}
