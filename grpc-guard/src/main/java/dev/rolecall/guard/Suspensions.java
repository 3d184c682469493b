package dev.rolecall.guard;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.Outcome;
import dev.rolecall.access.Pending;
import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import io.grpc.ServerCall;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The calls that wait for a verdict: so many at once. */
final class Suspensions {

  private final Semaphore places;
  private final CallGuard guard;
  private final AccessRuntime runtime;

  /** Starts calls that are admitted in any case, where the application's executor takes none. */
  private final Executor spare;

  /** No call waits yet. */
  Suspensions(int most, CallGuard guard, AccessRuntime runtime) {
    this.places = new Semaphore(most);
    this.guard = requireNonNull(guard, "guard");
    this.runtime = requireNonNull(runtime, "runtime");
    this.spare = runtime.newWaiters("rolecall-admit-");
  }

  /** Has the call wait for that verdict; null if too many do, and it is refused. */
  <ReqT, RespT> ServerCall.@Nullable Listener<ReqT> suspend(
      IncomingCall<ReqT, RespT> incoming, Pending pending) {
    if (!places.tryAcquire()) {
      return guard.act(incoming, pending::crowdedOut, true);
    }
    SuspendedCall<ReqT, RespT> suspended =
        new SuspendedCall<>(incoming.call(), new Resumed<>(guard, incoming), pending::leave);
    pending.whenReady(() -> resume(suspended, pending, incoming.method().enforced()));
    return suspended;
  }

  /** On a look-up's thread, which must not run a handler; so the call goes on on another. */
  private void resume(SuspendedCall<?, ?> suspended, Pending pending, boolean enforced) {
    runtime
        .supervisor()
        .executeOr(
            runtime.application(),
            SupervisedTask.CALL_START.label(),
            () -> {
              places.release();
              suspended.resume(pending::outcome);
            },
            () -> {
              places.release();
              crowdOut(suspended, pending, enforced);
            });
  }

  private void crowdOut(SuspendedCall<?, ?> suspended, Pending pending, boolean enforced) {
    if (enforced) {
      // To refuse is to close a call, which any thread may do.
      suspended.resume(pending::crowdedOut);
    } else {
      // It is admitted in any case, and its handler may take its time.
      runtime
          .supervisor()
          .execute(
              spare,
              SupervisedTask.CALL_START.label(),
              () -> suspended.resume(pending::crowdedOut));
    }
  }

  /** The continuation of a call after its wait: the guard acts on the outcome. */
  private record Resumed<ReqT, RespT>(CallGuard guard, IncomingCall<ReqT, RespT> incoming)
      implements SuspendedCall.Resumption<ReqT, RespT> {

    @Override
    public @Nullable AdmittedCall<ReqT> resume(
        ServerCall<ReqT, RespT> late, Supplier<Outcome> outcome) {
      return guard.act(incoming.startedLate(late), outcome, false);
    }

    @Override
    public void failed(
        ServerCall<ReqT, RespT> late, @Nullable AdmittedCall<ReqT> started, Throwable thrown) {
      SuspendedCall.Resumption.super.failed(late, started, thrown);
      guard.failed(incoming, thrown);
    }
  }
}
