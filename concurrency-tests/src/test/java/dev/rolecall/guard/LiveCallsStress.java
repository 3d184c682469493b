package dev.rolecall.guard;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import io.grpc.ServerCall;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** The table of live calls. */
public class LiveCallsStress {

  /** Nearly full, so that calls fight for places; shared, since a table is large. */
  private static LiveCalls nearlyFull() {
    LiveCalls live = new LiveCalls();
    for (int i = 0; i < LiveCalls.PLACES; i++) {
      call(live);
    }
    return live;
  }

  private static AdmittedCall<String> call(LiveCalls live) {
    return Parts.admitted(new MeetingCall(), live, new ServerCall.Listener<>() {});
  }

  /** Calls come and go beside one another: those that stay are there, those that left are not. */
  @JCStressTest
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the one that stays, and no other")
  @State
  public static class ComeAndGo {

    private static final LiveCalls LIVE = nearlyFull();

    private AdmittedCall<String> stays;
    private AdmittedCall<String> leaves;

    @Actor
    public void one() {
      stays = call(LIVE);
    }

    @Actor
    public void other() {
      leaves = call(LIVE);
      LIVE.remove(leaves);
    }

    @Arbiter
    public void seen(II_Result result) {
      result.r1 = LIVE.snapshot().contains(stays) ? 1 : 0;
      result.r2 = LIVE.snapshot().contains(leaves) ? 1 : 0;
      LIVE.remove(stays);
    }
  }

  /** A walk beside a call that was there before: the walk never misses it. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "seen by the walk")
  @State
  public static class WalkBesideComing {

    private static final LiveCalls LIVE = new LiveCalls();

    private final AdmittedCall<String> there = call(LIVE);
    private AdmittedCall<String> comes;

    @Actor
    public void walk(I_Result result) {
      result.r1 = LIVE.snapshot().contains(there) ? 1 : 0;
    }

    @Actor
    public void come() {
      comes = call(LIVE);
    }

    @Arbiter
    public void leave() {
      LIVE.remove(there);
      LIVE.remove(comes);
    }
  }
}
