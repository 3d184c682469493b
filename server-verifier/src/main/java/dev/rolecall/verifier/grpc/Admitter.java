package dev.rolecall.verifier.grpc;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Caller;
import dev.rolecall.policy.AccessPolicy;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Starts the handlers of admitted calls: in the caller's context, behind a guarded call. */
final class Admitter {

  private static final System.Logger LOG = System.getLogger(RoleGuard.class.getName());

  private final Executor executor;
  private final LiveCalls live;

  Admitter(Executor executor, LiveCalls live) {
    this.executor = executor;
    this.live = live;
  }

  /**
   * Starts the handler of a call that {@code policy} lets through. Null if it threw where gRPC does
   * not see it: the call is closed then, as gRPC would have closed it.
   */
  <ReqT, RespT> @Nullable AdmittedCall<ReqT> admit(
      Arrival<ReqT, RespT> arrival, Admission admission, AccessPolicy policy) {
    Caller caller = admission.caller();
    Context around = Context.current();
    Context.CancellableContext context =
        (caller == null ? CurrentCaller.without(around) : CurrentCaller.in(around, caller))
            .withCancellation();
    GuardedCall<ReqT, RespT> guarded = new GuardedCall<>(arrival.call(), executor);
    ServerCall.Listener<ReqT> handler;
    Context outer = context.attach();
    try {
      handler =
          requireNonNull(
              arrival.next().startCall(guarded, arrival.headers()), "the handler's listener");
    } catch (RuntimeException | Error e) {
      if (arrival.runByGrpc()) {
        throw e;
      }
      LOG.log(Level.WARNING, "a handler failed to start; its call is closed", e);
      guarded.end(new Ending(Status.fromThrowable(e), new Metadata(), () -> {}, () -> {}, false));
      return null;
    } finally {
      context.detach(outer);
    }
    AdmittedCall<ReqT> admitted =
        new AdmittedCall<>(guarded, handler, context, admission, policy, live, arrival.runByGrpc());
    live.add(admitted);
    return admitted;
  }
}
