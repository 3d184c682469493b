package dev.rolecall.guard;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import io.grpc.Metadata;
import io.grpc.Status;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** The gate of a guarded call: collisions, closes. */
public class GateStress {

  /** A handler sends while its call is ended: one close, and never beside a send. */
  @JCStressTest
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "closed once, beside nothing")
  @State
  public static class SendAndEnd {

    private final MeetingCall transport = new MeetingCall();
    private final GuardedCall<String, String> call = new GuardedCall<>(transport, Parts.ENDS);

    @Actor
    public void handler() {
      call.sendMessage("a");
      call.sendMessage("b");
    }

    @Actor
    public void end() {
      call.end(Parts.ending());
    }

    @Arbiter
    public void seen(II_Result result) {
      result.r1 = transport.collisions();
      result.r2 = transport.closes();
    }
  }

  /** A handler closes its call while it is ended: whichever comes first, and one close. */
  @JCStressTest
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "closed once, beside nothing")
  @State
  public static class CloseAndEnd {

    private final MeetingCall transport = new MeetingCall();
    private final GuardedCall<String, String> call = new GuardedCall<>(transport, Parts.ENDS);

    @Actor
    public void handler() {
      call.sendMessage("a");
      call.close(Status.OK, new Metadata());
    }

    @Actor
    public void end() {
      call.end(Parts.ending());
    }

    @Arbiter
    public void seen(II_Result result) {
      result.r1 = transport.collisions();
      result.r2 = transport.closes();
    }
  }

  /** Two ends at once, while nothing is sent. */
  @JCStressTest
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "closed once, beside nothing")
  @State
  public static class TwoEnds {

    private final MeetingCall transport = new MeetingCall();
    private final GuardedCall<String, String> call = new GuardedCall<>(transport, Parts.ENDS);

    @Actor
    public void one() {
      call.end(Parts.ending());
    }

    @Actor
    public void other() {
      call.end(Parts.ending());
    }

    @Arbiter
    public void seen(II_Result result) {
      result.r1 = transport.collisions();
      result.r2 = transport.closes();
    }
  }

  /** A handler throws where gRPC sees it, while its call is ended: one of the two closes it. */
  @JCStressTest
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "closed once, by gRPC or by the end")
  @State
  public static class GiveUpAndEnd {

    private final MeetingCall transport = new MeetingCall();
    private final GuardedCall<String, String> call = new GuardedCall<>(transport, Parts.ENDS);

    @Actor
    public void grpc() {
      if (call.giveUp()) {
        transport.close(Status.UNKNOWN, new Metadata());
      }
    }

    @Actor
    public void end() {
      call.end(Parts.ending());
    }

    @Arbiter
    public void seen(II_Result result) {
      result.r1 = transport.collisions();
      result.r2 = transport.closes();
    }
  }
}
