package dev.rolecall.guard;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.Admission;
import dev.rolecall.access.grant.GrantedRight;
import dev.rolecall.access.grant.Holding;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.Caller;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/** Starts the handlers of admitted calls: in the caller's context, behind a guarded call. */
final class CallStarter {

  private static final System.Logger LOG = System.getLogger("rolecall.guard");

  private final CallEnds ends;
  private final LiveCalls live;
  private final ObjIntConsumer<AdmittedCall<?>> added;
  private final AccessRuntime runtime;

  /**
   * A starter.
   *
   * @param added hears of each call that was added to the live ones, before its handler starts, and
   *     of the changes before it was judged
   */
  CallStarter(
      CallEnds ends, LiveCalls live, ObjIntConsumer<AdmittedCall<?>> added, AccessRuntime runtime) {
    this.ends = ends;
    this.live = live;
    this.added = added;
    this.runtime = runtime;
  }

  /**
   * The context of a handler. Where the right of its caller ends at a time that cannot move, that
   * is the context's deadline, so that calls which the handler makes have it too.
   */
  private Context.CancellableContext contextOf(Admission admission) {
    Caller caller = admission.caller();
    Context around = Context.current();
    Context context =
        caller == null ? CurrentCaller.without(around) : CurrentCaller.in(around, caller);
    GrantedRight right = admission.right();
    if (right == null || right.isExtendable() || right.knownEnd() == Holding.NEVER) {
      return context.withCancellation();
    }
    long left = Math.max(0, right.knownEnd() - runtime.ticker().getAsLong());
    return context.withDeadlineAfter(left, TimeUnit.NANOSECONDS, runtime.timer());
  }

  /**
   * Starts the handler of an admitted call. Null if it threw where gRPC does not see it: the call
   * is closed then, as gRPC would have closed it.
   *
   * @param changes {@link CallWatch#changes} before the call was judged
   * @param runByGrpc whether gRPC is on the stack, and with that sees what the handler's start
   *     throws
   */
  <ReqT, RespT> @Nullable AdmittedCall<ReqT> start(
      ServerCall<ReqT, RespT> call,
      Metadata headers,
      ServerCallHandler<ReqT, RespT> next,
      Admission admission,
      int changes,
      boolean runByGrpc) {
    Context.CancellableContext context = contextOf(admission);
    GuardedCall<ReqT, RespT> guarded = new GuardedCall<>(call, ends, admission.right());
    AdmittedCall<ReqT> admitted = new AdmittedCall<>(guarded, context, admission, live, runByGrpc);
    // Before the start, which may take its time: a call is watched from its first moment.
    live.add(admitted);
    added.accept(admitted, changes);
    Context outer = context.attach();
    try {
      admitted.started(requireNonNull(next.startCall(guarded, headers), "the handler's listener"));
      return admitted;
    } catch (RuntimeException | Error e) {
      if (runByGrpc && !guarded.giveUp()) {
        // The close is the guard's, and must not meet gRPC's. The last event is still to come.
        LOG.log(Level.DEBUG, "a handler failed to start after its call was ended", e);
        return admitted;
      }
      live.remove(admitted);
      admitted.release();
      if (runByGrpc) {
        throw new HandlerFailure(e);
      }
      guarded.end(
          new ForcedEnd(Status.fromThrowable(e), new Metadata(), () -> {}, () -> {}, false));
      LOG.log(Level.WARNING, "a handler failed to start; its call is closed", e);
      return null;
    } finally {
      context.detach(outer);
    }
  }
}
