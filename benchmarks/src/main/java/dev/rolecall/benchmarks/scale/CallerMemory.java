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
import dev.rolecall.identity.BindingHash;
import dev.rolecall.proof.ProofBinding;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Measures the heap that a look-up takes for each caller it remembers: the live heap after a full
 * collection with all of them, less the live heap before. Each proof is signed by another role, and
 * the emulated STS confirms each.
 *
 * @param callers their number
 */
record CallerMemory(int callers) {

  private static final int WARM_UP = 1_000;
  private static final int SAMPLES = 100;
  private static final int UNDER_WAY = 32;
  private static final int COLLECTIONS = 4;
  private static final long MOST_BYTES = 16L << 30;

  private static final BindingHash CERTIFICATE =
      BindingHash.of("a certificate".getBytes(StandardCharsets.UTF_8));
  private static final Connection CONNECTION = new Connection("127.0.0.1", Set.of(CERTIFICATE));

  void measure(Run run, ScaleBench bench) throws InterruptedException {
    CallerLookup lookup =
        bench.callers(CacheBounds.ofDefaults().withVerified(2L * callers, MOST_BYTES));
    // Made before: what the emulator keeps of them is no part of the difference.
    List<CallerKeys> warmUp = roles(bench, "warm-up-", WARM_UP);
    List<CallerKeys> measured = roles(bench, "memory-", callers);
    remember(bench, lookup, warmUp);
    long before = liveBytes();
    long began = System.nanoTime();
    List<String> samples = remember(bench, lookup, measured);
    double seconds = (System.nanoTime() - began) / 1e9;
    double each = (double) (liveBytes() - before) / callers;
    requireRemembered(bench, lookup, samples);
    int characters = samples.get(0).length();
    run.out()
        .printf(
            Locale.ROOT,
            "%,d callers remembered in %.1f s take %,.0f bytes each, their proofs having %,d"
                + " characters%n",
            callers,
            seconds,
            each,
            characters);
    run.figures().add("bytes_per_cached_caller", each);
    run.figures().add("cached_proof_characters", characters);
  }

  private static List<CallerKeys> roles(ScaleBench bench, String name, int count) {
    return IntStream.range(0, count).mapToObj(i -> bench.role(name + i)).toList();
  }

  /** The texts of some of the proofs; those of the others are the look-up's alone. */
  private static List<String> remember(
      ScaleBench bench, CallerLookup lookup, List<CallerKeys> callers) throws InterruptedException {
    List<String> samples = new ArrayList<>();
    Semaphore places = new Semaphore(UNDER_WAY);
    AtomicInteger verified = new AtomicInteger();
    int distance = Math.max(1, callers.size() / SAMPLES);
    for (int i = 0; i < callers.size(); i++) {
      String proof = proof(bench, callers.get(i));
      if (i % distance == 0) {
        samples.add(proof);
      }
      places.acquire();
      var unused =
          lookup
              .find(Credential.bearer(proof), CONNECTION)
              .whenComplete(
                  (verification, defect) -> {
                    if (verification instanceof Verification.Verified) {
                      verified.incrementAndGet();
                    }
                    places.release();
                  });
    }
    places.acquire(UNDER_WAY);
    if (verified.get() != callers.size()) {
      throw new IllegalStateException(
          "verified: " + verified + " (expected: " + callers.size() + ")");
    }
    return samples;
  }

  private static String proof(ScaleBench bench, CallerKeys caller) {
    try (ProofSource source =
        Orders.proofs(bench.sts().endpoint(), caller).clock(bench.clock()).build()) {
      return source
          .proof(new ProofBinding.Channel(CERTIFICATE), Runnable::run)
          .toCompletableFuture()
          .join()
          .text();
    }
  }

  /** Else the figure would be too low. */
  private static void requireRemembered(
      ScaleBench bench, CallerLookup lookup, List<String> proofs) {
    long asked = bench.sts().requests().total();
    for (String proof : proofs) {
      Verification answer = lookup.find(Credential.bearer(proof), CONNECTION).join();
      if (!(answer instanceof Verification.Verified)) {
        throw new IllegalStateException("a proof that was verified is refused");
      }
    }
    if (bench.sts().requests().total() != asked) {
      throw new IllegalStateException("a caller that was verified is forgotten");
    }
  }

  private static long liveBytes() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
