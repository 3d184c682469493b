package dev.rolecall.verifier;

import dev.rolecall.access.lookup.CacheBounds;
import dev.rolecall.access.lookup.CallerLookup;
import dev.rolecall.access.lookup.LookupLimits;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.testsupport.RecordedTelemetry;
import dev.rolecall.verifier.internal.sts.FakeSts;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The scheme in a look-up with real threads, each seam of which may throw. */
final class StsFaultRig implements AutoCloseable {

  /** A place where code that is not the scheme's runs inside it, and may throw anything. */
  enum Seam {
    /** Sends requests to STS. */
    TRANSPORT,
    /** The answer to a request. */
    ANSWER,
    /** Begins look-ups. */
    EXECUTOR,
    /** Times requests out. */
    TIMER,
    /** Wall time. */
    CLOCK,
    /** Elapsed time. */
    TICKER,
    /** The random generator, which is drawn from in an outage. */
    RANDOM,
    /** Every instrument of OpenTelemetry. */
    METRICS,
    /** The handlers of the logging system. */
    LOGGER
  }

  private static final Duration LIFE = Duration.ofMinutes(15);

  private final Seam faulty;
  private final AtomicInteger left = new AtomicInteger();
  private final AtomicInteger struck = new AtomicInteger();
  private final AtomicLong nanos = new AtomicLong(1_000);
  private final FakeSts sts = new FakeSts();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ScheduledThreadPoolExecutor timer = timer();
  private final Logger logger = Logger.getLogger("rolecall.sts");
  private final @Nullable Level before = logger.getLevel();
  private final Handler handler = new FaultyHandler();
  private final AccessRuntime runtime;
  private final CallerLookup lookup;

  StsFaultRig(Seam faulty) {
    this.faulty = faulty;
    stsAnswers(true);
    logger.addHandler(handler);
    if (faulty == Seam.LOGGER) {
      logger.setLevel(Level.FINE);
    }
    this.runtime =
        AccessRuntime.builder()
            .clock(clock())
            .ticker(this::ticks)
            .random(random())
            .openTelemetry(new RecordedTelemetry(() -> strike(Seam.METRICS)).telemetry())
            .lookUpExecutor(
                task -> {
                  strike(Seam.EXECUTOR);
                  threads.execute(task);
                })
            .scheduler(timer)
            .build();
    this.lookup =
        CallerLookup.of(
            List.of(
                StsVerifier.forAudience(Proofs.ORDERS)
                    .transport(
                        request -> {
                          strike(Seam.TRANSPORT);
                          try {
                            strike(Seam.ANSWER);
                          } catch (Error e) {
                            return CompletableFuture.failedFuture(e);
                          }
                          return sts.send(request);
                        })),
            LookupLimits.ofDefaults(),
            CacheBounds.ofDefaults(),
            runtime);
  }

  /** Throws from now on, so many times. */
  void arm(int times) {
    left.set(times);
  }

  /** How often it threw. */
  int struck() {
    return struck.get();
  }

  /** STS answers, or is away. */
  void stsAnswers(boolean answers) {
    if (answers) {
      sts.fromNowOn().then(FakeSts.checkout());
    } else {
      sts.fromNowOn().thenFail(new IOException("away"));
    }
  }

  /** The verdict on a proof that nobody has sent before. */
  CompletableFuture<Verification> newcomer() {
    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    return sameProof();
  }

  /** The verdict on the last newcomer's proof. */
  CompletableFuture<Verification> sameProof() {
    return lookup.find(
        Bench.header(Proofs.signed(now(), LIFE)), Connection.withoutTls("192.0.2.1"));
  }

  private void strike(Seam passed) {
    if (passed == faulty && left.getAndUpdate(times -> times > 0 ? times - 1 : 0) > 0) {
      struck.incrementAndGet();
      throw new InternalError("no further thread: the test's fault");
    }
  }

  private Instant now() {
    return Proofs.SIGNED_AT.plusNanos(nanos.get());
  }

  private long ticks() {
    strike(Seam.TICKER);
    return nanos.get();
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public Instant instant() {
        strike(Seam.CLOCK);
        return now();
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
  }

  private Random random() {
    return new Random(1) {
      @Override
      public long nextLong() {
        strike(Seam.RANDOM);
        return super.nextLong();
      }
    };
  }

  private ScheduledThreadPoolExecutor timer() {
    return new ScheduledThreadPoolExecutor(1) {
      @Override
      public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        strike(Seam.TIMER);
        return super.schedule(task, delay, unit);
      }
    };
  }

  private final class FaultyHandler extends Handler {
    @Override
    public void publish(LogRecord line) {
      strike(Seam.LOGGER);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Override
  public void close() {
    arm(0);
    logger.removeHandler(handler);
    logger.setLevel(before);
    lookup.close();
    runtime.close();
    timer.shutdownNow();
    threads.shutdownNow();
  }
}
