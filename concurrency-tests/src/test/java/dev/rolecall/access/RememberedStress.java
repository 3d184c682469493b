package dev.rolecall.access;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.rolecall.access.internal.time.AccessTime;
import dev.rolecall.access.scheme.Credential;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** The memory of a connection: its callers and the decisions about them. */
public class RememberedStress {

  /** A decision is read while it is held: all of it, or none. */
  @JCStressTest
  @Outcome(
      id = {"0", "1"},
      expect = ACCEPTABLE,
      desc = "no decision yet, or a whole one")
  @State
  public static class HoldAndUse {

    private final CachedCaller caller = new CachedCaller(Parts.CALLER, AccessTime.NEVER);

    @Actor
    public void give() {
      caller.hold(Parts.decision());
    }

    @Actor
    public void use(I_Result result) {
      CachedDecision held = caller.decision(Parts.METHOD, Parts.POLICY);
      result.r1 =
          held == null
              ? 0
              : held.named().rule() != null
                      && held.named().labels() != null
                      && held.admission().endMillis() > 0
                  ? 1
                  : 2;
    }
  }

  /** Two calls bring the same new credential: both go on with one and the same caller. */
  @JCStressTest
  @Outcome(
      id = {"1, 1", "2, 2"},
      expect = ACCEPTABLE,
      desc = "one caller for both")
  @State
  public static class TwoRemember {

    private static final Credential CREDENTIAL = new Credential.Header(new byte[] {1, 2, 3});

    private final ConnectionMemo memo = Parts.memo();
    private final CachedCaller first = new CachedCaller(Parts.CALLER, 1);
    private final CachedCaller second = new CachedCaller(Parts.CALLER, 2);

    @Actor
    public void one(II_Result result) {
      result.r1 = (int) memo.remember(CREDENTIAL, first).lapse();
    }

    @Actor
    public void other(II_Result result) {
      result.r2 = (int) memo.remember(CREDENTIAL, second).lapse();
    }
  }

  /** A credential is found lapsed by one call while another asks: never good again afterwards. */
  @JCStressTest
  @Outcome(
      id = {"0, 0", "0, 1"},
      expect = ACCEPTABLE,
      desc = "lapsed, and stays so")
  @State
  public static class Lapse {

    private final CachedCaller caller = new CachedCaller(Parts.CALLER, 10);

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
