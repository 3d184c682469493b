package dev.rolecall.benchmarks.flood;

import dev.rolecall.benchmarks.pace.CallTimes;
import java.util.Locale;

/**
 * The times of honest callers in one stretch of a flood, or of calm.
 *
 * @param known calls of callers the server knows, at a steady pace
 * @param newcomers first calls of callers it does not
 * @param flood the calls sent meanwhile
 * @param serverCores the CPU time that the servers' process took meanwhile, in cores
 * @param stsRefusals questions that STS answered with no
 */
record Phase(
    CallTimes known,
    CallTimes newcomers,
    Attackers.Outcome flood,
    double serverCores,
    long stsRefusals) {

  /** Which part of the calls of known callers was answered in time. */
  double knownServed() {
    return known.answeredShare();
  }

  /** Which part of the newcomers was answered in time, at their first attempt. */
  double newcomersServed() {
    return newcomers.answeredShare();
  }

  double p99Millis() {
    return known.within(0.99).toNanos() / 1e6;
  }

  /** The servers' CPU time for each call of the flood, beyond what honest calls alone take. */
  double cpuMicrosPerForgedCall(Phase calm) {
    return (serverCores - calm.serverCores) * 1e6 / flood.perSecond();
  }

  String text(String name) {
    return String.format(
        Locale.ROOT,
        "%-28s %,6.0f forged/s: known callers %5.1f %% served, p99 %6.1f ms; newcomers %5.1f %%;"
            + " STS said no %,d times in %.1f s; %,d of the flood unanswered%n",
        name,
        flood.perSecond(),
        100 * knownServed(),
        p99Millis(),
        100 * newcomersServed(),
        stsRefusals,
        flood.seconds(),
        flood.others());
  }
}
