package dev.rolecall.verifier;

import dev.rolecall.verifier.internal.http.StsTransport;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** Lets the properties give a verifier an STS of their own, which its package keeps to itself. */
public final class OfflineVerifier {

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

  private OfflineVerifier() {}

  /** The verifier of those settings that asks {@code sts} and works on the caller's thread. */
  public static CallerVerifier of(CallerVerifierBuilder settings, StsTransport sts) {
    return settings.transport(sts).executor(Runnable::run).scheduler(SCHEDULER).build();
  }
}
