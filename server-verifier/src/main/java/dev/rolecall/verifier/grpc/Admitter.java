package dev.rolecall.verifier.grpc;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Caller;
import dev.rolecall.policy.AccessPolicy;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Starts the handlers of admitted calls: in the caller's context, behind a guarded call. */
final class Admitter {

  private static final System.Logger LOG = System.getLogger(RoleGuard.class.getName());

  private final Clock clock;
  private final Executor executor;
  private final StreamLifetime lifetime;
  private final LiveCalls live;

  Admitter(Clock clock, Executor executor, StreamLifetime lifetime, LiveCalls live) {
    this.clock = clock;
    this.executor = executor;
    this.lifetime = lifetime;
    this.live = live;
  }

  /**
   * Starts the handler. Null if it threw where gRPC does not see it: the call is closed then, as
   * gRPC would have closed it.
   */
  <ReqT, RespT> @Nullable AdmittedCall<ReqT> admit(
      Arrival<ReqT, RespT> arrival, @Nullable Caller caller, AccessPolicy policy) {
    long end = caller == null ? Long.MAX_VALUE : lifetime.endMillis(caller, clock.millis());
    Admission admission = new Admission(arrival.method(), arrival.peer(), caller, policy, end);
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
        new AdmittedCall<>(guarded, handler, context, admission, live, arrival.runByGrpc());
    live.add(admitted);
    return admitted;
  }
}
