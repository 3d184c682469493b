package dev.rolecall.guard;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import io.grpc.ServerCall;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** A suspended call, whose verdict comes from another thread than its events. */
public class SuspendedCallStress {

  /** Events come while the call is resumed: each is delivered once, in order. */
  @JCStressTest
  @Outcome(id = "123", expect = ACCEPTABLE, desc = "all three events, once, in order")
  @State
  public static class EventsAndResume {

    private final LiveCalls live = new LiveCalls();
    private final AtomicInteger order = new AtomicInteger();
    private final ServerCall.Listener<String> handler =
        new ServerCall.Listener<>() {
          @Override
          public void onReady() {
            order.updateAndGet(digits -> digits * 10 + 1);
          }

          @Override
          public void onMessage(String message) {
            order.updateAndGet(digits -> digits * 10 + 2);
          }

          @Override
          public void onHalfClose() {
            order.updateAndGet(digits -> digits * 10 + 3);
          }
        };
    private final SuspendedCall<String, String> suspended =
        new SuspendedCall<>(
            new MeetingCall(), (call, outcome) -> Parts.admitted(call, live, handler), () -> {});

    @Actor
    public void grpc() {
      suspended.onReady();
      suspended.onMessage("a");
      suspended.onHalfClose();
    }

    @Actor
    public void verdict() {
      suspended.resume(Parts::admission);
    }

    @Arbiter
    public void seen(I_Result result) {
      result.r1 = order.get();
    }
  }

  /** The client leaves while its call is resumed: started, cancelled, still among the live. */
  @JCStressTest
  @Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "started, told of the cancel, forgotten")
  @Outcome(id = "0, 0, 0", expect = ACCEPTABLE, desc = "never started")
  @State
  public static class CancelAndResume {

    private final LiveCalls live = new LiveCalls();
    private final AtomicInteger started = new AtomicInteger();
    private final AtomicInteger cancelled = new AtomicInteger();
    private final ServerCall.Listener<String> handler =
        new ServerCall.Listener<>() {
          @Override
          public void onCancel() {
            cancelled.incrementAndGet();
          }
        };
    private final SuspendedCall<String, String> suspended =
        new SuspendedCall<>(
            new MeetingCall(),
            (call, outcome) -> {
              started.incrementAndGet();
              return Parts.admitted(call, live, handler);
            },
            () -> {});

    @Actor
    public void grpc() {
      suspended.onMessage("a");
      suspended.onCancel();
    }

    @Actor
    public void verdict() {
      suspended.resume(Parts::admission);
    }

    @Arbiter
    public void seen(III_Result result) {
      result.r1 = started.get();
      result.r2 = cancelled.get();
      result.r3 = live.size();
    }
  }
}
