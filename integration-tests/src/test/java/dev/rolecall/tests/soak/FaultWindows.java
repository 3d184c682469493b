package dev.rolecall.tests.soak;

import java.time.Duration;

/** The windows of time in which a fault or a policy change excuses the end of a call. */
final class FaultWindows {

  /**
   * As long as a look-up lasts that began while STS failed, and its endpoint is left alone: two
   * outages close together double the pause after which the verifier looks again.
   */
  private static final Duration AFTER_AN_OUTAGE = Duration.ofSeconds(20);

  /** As long as a busy machine takes to act on what it knows. */
  private static final Duration AFTER_A_CHANGE = Duration.ofSeconds(2);

  /** STS fails, or the verifier may still think so. */
  final TimeWindow stsFailing = new TimeWindow(AFTER_AN_OUTAGE);

  /** Sockets break, or a server goes away. */
  final TimeWindow disconnected = new TimeWindow(AFTER_A_CHANGE);

  /** The policy may allow the seasonal role. */
  final TimeWindow seasonalAllowed = new TimeWindow(AFTER_A_CHANGE);

  /** The policy may forbid it. */
  final TimeWindow seasonalForbidden = new TimeWindow(AFTER_A_CHANGE);
}
