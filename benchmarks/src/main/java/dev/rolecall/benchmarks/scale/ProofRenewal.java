package dev.rolecall.benchmarks.scale;

import dev.rolecall.access.lookup.CacheBounds;
import dev.rolecall.access.lookup.CallerLookup;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.benchmarks.Run;
import dev.rolecall.benchmarks.fleet.CallerKeys;
import dev.rolecall.benchmarks.fleet.Orders;
import dev.rolecall.client.ProofSource;
import dev.rolecall.proof.ProofBinding;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/**
 * Measures calls while all of their callers renew their proofs at once. The first calls with new
 * proofs wait for STS. So none should take longer than a call and one question to STS.
 *
 * @param renewals the number of renewals
 */
record ProofRenewal(int renewals) {

  /** A proof is renewed after ten minutes, and good for fifteen. */
  private static final Duration LATER = Duration.ofMinutes(11);

  private static final int QUESTIONS = 15;

  void measure(Run run, ScaleBench bench) throws Exception {
    bench.delaySts();
    double roundTrip = roundTripMillis(bench);
    Callers callers = Callers.of(bench, bench.guarded(), "renewal");
    long before = bench.sts().requests().total();
    Callers.Observed seen = callers.during(renewals, () -> bench.clock().advance(LATER));
    long asked = bench.sts().requests().total() - before;
    double bound = seen.usualMillis() + roundTrip;
    double slowest = seen.slowestMillis();
    double elsewhere = seen.slowestElsewhereMillis();
    run.out()
        .printf(
            Locale.ROOT,
            "%d renewals of %d proofs: p99 %.1f ms without, STS answers in %.1f ms; slowest call"
                + " %.1f ms, and %.1f ms in as long a time without; %d of %,d calls failed%n",
            renewals,
            callers.count(),
            seen.usualMillis(),
            roundTrip,
            slowest,
            elsewhere,
            seen.failed(),
            seen.calls().made());
    run.figures().add("renewal_p99_ms", seen.usualMillis());
    run.figures().add("renewal_sts_round_trip_ms", roundTrip);
    run.figures().add("renewal_slowest_ms", slowest);
    run.figures().add("renewal_slowest_elsewhere_ms", elsewhere);
    run.figures().add("renewal_slowest_ratio", slowest / bound);
    run.figures().add("renewal_failed", seen.failed());
    run.figures()
        .add("renewal_sts_calls_per_proof", (double) asked / callers.count() / (1 + renewals));
  }

  /** How long a look-up with nothing else to do waits for STS. */
  private static double roundTripMillis(ScaleBench bench) {
    double[] millis = new double[QUESTIONS];
    CallerLookup callers = bench.callers(CacheBounds.ofDefaults());
    for (int i = 0; i < QUESTIONS; i++) {
      Credential proof = Credential.bearer(bearerProof(bench, bench.role("question-" + i)));
      long began = System.nanoTime();
      Verification answer = callers.find(proof, Connection.withoutTls("127.0.0.1")).join();
      millis[i] = (System.nanoTime() - began) / 1e6;
      if (!(answer instanceof Verification.Verified)) {
        throw new IllegalStateException("a proof that must be good: " + answer);
      }
    }
    Arrays.sort(millis);
    return millis[QUESTIONS / 2];
  }

  private static String bearerProof(ScaleBench bench, CallerKeys caller) {
    try (ProofSource source =
        Orders.proofs(bench.sts().endpoint(), caller).clock(bench.clock()).build()) {
      return source.proof(ProofBinding.bearer(), Runnable::run).toCompletableFuture().join().text();
    }
  }
}
