package dev.rolecall.benchmarks.lockout;

import dev.rolecall.benchmarks.pace.CallTimes;
import java.time.Duration;
import java.util.Locale;

/**
 * The outcome of an attack: calls of honest callers beside it, and questions to STS.
 *
 * @param newcomers first calls, each from an address of its own
 * @param known calls of known callers, each with a renewed proof
 * @param attack what came of the attackers' calls
 * @param stsQuestions how many questions STS was asked meanwhile
 * @param deadConnections how many connections the endpoints got that do not answer
 * @param time how long it took
 */
record Result(
    CallTimes newcomers,
    CallTimes known,
    CallTimes attack,
    long stsQuestions,
    int deadConnections,
    Duration time) {

  /** A verifier's defaults: at once, and a second. */
  private static final double AT_ONCE = 256;

  private static final double PER_SECOND = 200;

  double newcomersLetIn() {
    return newcomers.answeredShare();
  }

  double knownLetIn() {
    return known.answeredShare();
  }

  double p99Millis() {
    return newcomers.within(0.99).toNanos() / 1e6;
  }

  /**
   * The questions to STS that were not for honest callers, against what the limits allow: an answer
   * of no use costs half a permit, and the verifier asks a few questions of its own.
   */
  double shareOfLimit() {
    double strangers = Math.max(0, stsQuestions - newcomers.made() - known.made());
    return strangers / (2 * (AT_ONCE + PER_SECOND * time.toMillis() / 1e3));
  }

  String text(String title) {
    return String.format(
        Locale.ROOT,
        "%-62s newcomers let in %3d of %3d, p99 %6.0f ms; known %3d of %3d;"
            + " STS asked %,d times, dead endpoints %,d; strangers: %s%n",
        title,
        newcomers.answered(),
        newcomers.made(),
        p99Millis(),
        known.answered(),
        known.made(),
        stsQuestions,
        deadConnections,
        attack.failures());
  }
}
