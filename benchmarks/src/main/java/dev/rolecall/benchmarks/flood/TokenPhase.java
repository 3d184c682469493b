package dev.rolecall.benchmarks.flood;

import dev.rolecall.benchmarks.pace.CallTimes;
import io.grpc.Status;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Honest callers and signature checks in one stretch of a flood of tokens, or of calm.
 *
 * @param known calls with tokens that the server has seen
 * @param renewals calls of known callers, each with a new token
 * @param newcomers first calls of callers that the server does not know
 * @param flood the calls sent meanwhile
 * @param seconds how long it took
 * @param checkingSeconds CPU time of look-ups, signature checks and what is around them
 */
record TokenPhase(
    CallTimes known,
    CallTimes renewals,
    CallTimes newcomers,
    Attackers.Outcome flood,
    double seconds,
    double checkingSeconds) {

  /** CPU time that the budget counts a check of ES256 as: 30 checks of RS256, of 35 us each. */
  private static final double COST_SECONDS = 30 * 35e-6;

  private Stream<CallTimes> honest() {
    return Stream.of(known, renewals, newcomers);
  }

  /** Which part of the honest calls was served. */
  double kept() {
    return (double) honest().mapToInt(CallTimes::answered).sum()
        / honest().mapToInt(CallTimes::made).sum();
  }

  /**
   * The same of the kind of callers that lost the most. A call that a limit refuses ends as {@code
   * RESOURCE_EXHAUSTED}; one that was late or found no connection is the machine's affair.
   */
  double leastKeptByLimits() {
    return honest()
        .mapToDouble(
            calls -> {
              int late =
                  calls.failures().getOrDefault(Status.Code.DEADLINE_EXCEEDED, 0)
                      + calls.failures().getOrDefault(Status.Code.UNAVAILABLE, 0);
              return (double) (calls.answered() + late) / calls.made();
            })
        .min()
        .orElseThrow();
  }

  /** How many honest calls failed, by their status. */
  private Map<Status.Code, Integer> lost() {
    Map<Status.Code, Integer> lost = new TreeMap<>();
    honest()
        .forEach(calls -> calls.failures().forEach((code, n) -> lost.merge(code, n, Integer::sum)));
    return lost;
  }

  /** How many signatures were checked: of each forgery that was found out, and each new token. */
  long checks() {
    return flood.refused() + renewals.answered() + newcomers.answered();
  }

  /** How many a second. */
  double perSecond() {
    return checks() / seconds;
  }

  /** The CPU time of those, as the budget counts it, in cores. */
  double countedCores() {
    return checks() * COST_SECONDS / seconds;
  }

  /** The CPU time that look-ups really took, in cores. */
  double measuredCores() {
    return checkingSeconds / seconds;
  }

  /** The checks as a share of what that budget allows: a second's worth at once, then its rate. */
  double shareOf(Duration signatureTime) {
    return checks() * COST_SECONDS / (signatureTime.toMillis() / 1e3 * (seconds + 1));
  }

  String text(String title) {
    return String.format(
        Locale.ROOT,
        "%-28s %,6.0f forged/s: served %,d of %,d calls, %d of %d renewals, %d of %d newcomers;"
            + " lost %s; %,d signatures checked in %.1f s: %.3f of a core as counted, %.3f measured;"
            + " %,d told to wait, %,d unanswered%n",
        title,
        flood.perSecond(),
        known.answered(),
        known.made(),
        renewals.answered(),
        renewals.made(),
        newcomers.answered(),
        newcomers.made(),
        lost(),
        checks(),
        seconds,
        countedCores(),
        measuredCores(),
        flood.limited(),
        flood.others());
  }
}
