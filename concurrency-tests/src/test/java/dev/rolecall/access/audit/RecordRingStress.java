package dev.rolecall.access.audit;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** The ring between the threads that decide and the one that writes. */
public class RecordRingStress {

  /** Two threads put, one takes: each element comes out once, whole, or is still there. */
  @JCStressTest
  @Outcome(
      id = {"0, 3", "1, 2", "2, 1", "3, 0"},
      expect = ACCEPTABLE,
      desc = "each element once")
  @State
  public static class PutPutTake {

    private final RecordRing<Integer> ring = new RecordRing<>(4);

    @Actor
    public void one() {
      ring.offer(1);
    }

    @Actor
    public void other() {
      ring.offer(2);
    }

    @Actor
    public void take(II_Result result) {
      result.r1 = sum(ring);
    }

    @Arbiter
    public void rest(II_Result result) {
      result.r2 = sum(ring);
    }
  }

  /** One place for two: exactly one of them is told that it has it, unless one was taken. */
  @JCStressTest
  @Outcome(
      id = {"1, 0, 1", "0, 2, 2", "1, 2, 3"},
      expect = ACCEPTABLE,
      desc = "what was taken is there, and nothing else")
  @State
  public static class Full {

    private final RecordRing<Integer> ring = new RecordRing<>(1);

    /** Only the one that takes writes it; read at the end. */
    private int taken;

    @Actor
    public void one(III_Result result) {
      result.r1 = ring.offer(1) ? 1 : 0;
    }

    @Actor
    public void other(III_Result result) {
      result.r2 = ring.offer(2) ? 2 : 0;
    }

    @Actor
    public void take() {
      taken = sum(ring);
    }

    @Arbiter
    public void rest(III_Result result) {
      result.r3 = taken + sum(ring);
    }
  }

  private static int sum(RecordRing<Integer> ring) {
    int sum = 0;
    for (Integer each = ring.poll(); each != null; each = ring.poll()) {
      sum += each;
    }
    return sum;
  }
}
