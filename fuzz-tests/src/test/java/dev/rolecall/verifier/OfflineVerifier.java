package dev.rolecall.verifier;

import dev.rolecall.access.lookup.CacheBounds;
import dev.rolecall.access.lookup.CallerLookup;
import dev.rolecall.access.lookup.LookupLimits;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.verifier.internal.http.StsTransport;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** Lets the properties give a verifier an STS of their own, which its package keeps to itself. */
public final class OfflineVerifier implements AutoCloseable {

  /** Has no thread before something is timed; nothing is, because every answer is there at once. */
  private static final ScheduledThreadPoolExecutor SCHEDULER =
      new ScheduledThreadPoolExecutor(
          1,
          work -> {
            Thread thread = new Thread(work, "timeouts");
            thread.setDaemon(true);
            return thread;
          });

  static {
    SCHEDULER.setRemoveOnCancelPolicy(true);
  }

  private final AccessRuntime runtime;
  private final CallerLookup lookup;

  private OfflineVerifier(AccessRuntime runtime, CallerLookup lookup) {
    this.runtime = runtime;
    this.lookup = lookup;
  }

  /**
   * The verifier of those settings that asks {@code sts}, works on the caller's thread and reads
   * that clock; for it no time elapses.
   */
  public static OfflineVerifier of(StsVerifier settings, StsTransport sts, Clock clock) {
    AccessRuntime runtime =
        AccessRuntime.builder()
            .clock(clock)
            .ticker(() -> 0)
            .lookUpExecutor(Runnable::run)
            .scheduler(SCHEDULER)
            .build();
    return new OfflineVerifier(
        runtime,
        CallerLookup.of(
            List.of(settings.transport(sts)),
            LookupLimits.ofDefaults(),
            CacheBounds.ofDefaults(),
            runtime));
  }

  /** Finds out whom credentials name. */
  public CallerLookup lookup() {
    return lookup;
  }

  @Override
  public void close() {
    lookup.close();
    runtime.close();
  }
}
