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

  /** One thread puts two, the other takes: they come in order, each once. */
  @JCStressTest
  @Outcome(
      id = {"0, 12", "1, 2", "12, 0"},
      expect = ACCEPTABLE,
      desc = "in order, each once")
  @State
  public static class PutAndTake {

    private final RecordRing<Integer> ring = new RecordRing<>(2);

    @Actor
    public void put() {
      ring.offer(1);
      ring.offer(2);
    }

    @Actor
    public void take(II_Result result) {
      result.r1 = digits(ring);
    }

    @Arbiter
    public void rest(II_Result result) {
      result.r2 = digits(ring);
    }
  }

  /** Two threads put: both elements are there. */
  @JCStressTest
  @Outcome(
      id = {"1, 1, 12", "1, 1, 21"},
      expect = ACCEPTABLE,
      desc = "both are there")
  @State
  public static class PutAndPut {

    private final RecordRing<Integer> ring = new RecordRing<>(2);

    @Actor
    public void one(III_Result result) {
      result.r1 = ring.offer(1) ? 1 : 0;
    }

    @Actor
    public void other(III_Result result) {
      result.r2 = ring.offer(2) ? 1 : 0;
    }

    @Arbiter
    public void rest(III_Result result) {
      result.r3 = digits(ring);
    }
  }

  /** Two threads put where there is one place: the one that is told so has it. */
  @JCStressTest
  @Outcome(
      id = {"1, 0, 1", "0, 1, 2"},
      expect = ACCEPTABLE,
      desc = "one has the place")
  @State
  public static class Full {

    private final RecordRing<Integer> ring = new RecordRing<>(1);

    @Actor
    public void one(III_Result result) {
      result.r1 = ring.offer(1) ? 1 : 0;
    }

    @Actor
    public void other(III_Result result) {
      result.r2 = ring.offer(2) ? 1 : 0;
    }

    @Arbiter
    public void rest(III_Result result) {
      result.r3 = digits(ring);
    }
  }

  /** What can be taken now, as the digits of a number. */
  private static int digits(RecordRing<Integer> ring) {
    int digits = 0;
    for (Integer each = ring.poll(); each != null; each = ring.poll()) {
      digits = digits * 10 + each;
    }
    return digits;
  }
}
