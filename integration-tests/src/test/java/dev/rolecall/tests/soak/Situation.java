package dev.rolecall.tests.soak;

import java.time.Duration;

/** What is the case, and was a short while ago: all that excuses how a call ends. */
final class Situation {

  /**
   * As long as a look-up lasts that began while STS failed, and its endpoint is left alone: two
   * outages close together double the pause after which the verifier looks again.
   */
  private static final Duration AFTER_AN_OUTAGE = Duration.ofSeconds(20);

  /** As long as a busy machine takes to act on what it knows. */
  private static final Duration AFTER_A_CHANGE = Duration.ofSeconds(2);

  /** STS fails, or the verifier may still think so. */
  final Spell stsSick = new Spell(AFTER_AN_OUTAGE);

  /** Sockets break, or a server goes away. */
  final Spell disconnected = new Spell(AFTER_A_CHANGE);

  /** The policy may allow the seasonal role. */
  final Spell season = new Spell(AFTER_A_CHANGE);

  /** The policy may forbid it. */
  final Spell offSeason = new Spell(AFTER_A_CHANGE);
}
