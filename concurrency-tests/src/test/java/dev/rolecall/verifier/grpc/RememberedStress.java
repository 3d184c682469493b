package dev.rolecall.verifier.grpc;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** The memory of a connection: its callers and their permits. */
public class RememberedStress {

  /** A permit is read while it is given: all of it, or none. */
  @JCStressTest
  @Outcome(
      id = {"0", "1"},
      expect = ACCEPTABLE,
      desc = "no permit yet, or a whole one")
  @State
  public static class HoldAndPermit {

    private final KnownCaller caller = new KnownCaller(Parts.CALLER, GuardTime.NEVER);

    @Actor
    public void give() {
      caller.hold(Parts.permit());
    }

    @Actor
    public void use(I_Result result) {
      Permit held = caller.permit(Parts.METHOD, Parts.POLICY);
      result.r1 =
          held == null
              ? 0
              : held.rule() != null && held.labels() != null && held.admission().endMillis() > 0
                  ? 1
                  : 2;
    }
  }

  /** Two calls bring the same new proof: both go on with one and the same caller. */
  @JCStressTest
  @Outcome(
      id = {"1, 1", "2, 2"},
      expect = ACCEPTABLE,
      desc = "one caller for both")
  @State
  public static class TwoRemember {

    private static final byte[] PROOF = {1, 2, 3};

    private final ConnectionMemo memo = Parts.memo();
    private final KnownCaller first = new KnownCaller(Parts.CALLER, 1);
    private final KnownCaller second = new KnownCaller(Parts.CALLER, 2);

    @Actor
    public void one(II_Result result) {
      result.r1 = (int) memo.remember(PROOF, first).lapse();
    }

    @Actor
    public void other(II_Result result) {
      result.r2 = (int) memo.remember(PROOF, second).lapse();
    }
  }

  /** A proof is found lapsed by one call while another asks: never good again afterwards. */
  @JCStressTest
  @Outcome(
      id = {"0, 0", "0, 1"},
      expect = ACCEPTABLE,
      desc = "lapsed, and stays so")
  @State
  public static class Lapse {

    private final KnownCaller caller = new KnownCaller(Parts.CALLER, 10);

    @Actor
    public void late(II_Result result) {
      boolean good = caller.isGoodAt(0, 11);
      // The clock has been set back.
      result.r1 = good || caller.isGoodAt(0, 5) ? 1 : 0;
    }

    @Actor
    public void early(II_Result result) {
      result.r2 = caller.isGoodAt(0, 5) ? 1 : 0;
    }
  }
}
