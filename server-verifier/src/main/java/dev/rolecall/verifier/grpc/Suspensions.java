package dev.rolecall.verifier.grpc;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.internal.Supervisor;
import dev.rolecall.verifier.Verification;
import dev.rolecall.verifier.metrics.SupervisedTask;
import io.grpc.ServerCall;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The calls that wait for a verdict: so many at once. */
final class Suspensions {

  private static final Verification.Unavailable TOO_MANY =
      new Verification.Unavailable(
          RefusalReason.TOO_MANY_LOOKUPS, Optional.of(Duration.ofSeconds(1)));

  private final Semaphore places;
  private final Verdicts verdicts;
  private final CallDecisions decisions;
  private final Executor starts;
  private final Supervisor supervisor;

  /**
   * No call waits yet.
   *
   * @param starts runs the start of handlers
   */
  Suspensions(
      int most,
      Verdicts verdicts,
      CallDecisions decisions,
      Executor starts,
      Supervisor supervisor) {
    this.places = new Semaphore(most);
    this.verdicts = requireNonNull(verdicts, "verdicts");
    this.decisions = requireNonNull(decisions, "decisions");
    this.starts = requireNonNull(starts, "starts");
    this.supervisor = requireNonNull(supervisor, "supervisor");
  }

  /** Has the call wait for that verdict; null if too many do, and it is refused. */
  <ReqT, RespT> ServerCall.@Nullable Listener<ReqT> suspend(
      Arrival<ReqT, RespT> arrival,
      Function<KnownCaller, KnownCaller> remember,
      CompletableFuture<Verification> verdict) {
    if (!places.tryAcquire()) {
      return decisions.settle(arrival, remember, TOO_MANY);
    }
    SuspendedCall<ReqT, RespT> suspended =
        new SuspendedCall<>(
            arrival.call(),
            new Resumed<>(decisions, arrival, remember),
            () -> verdict.cancel(false));
    CompletionStage<Verification> stage = verdict;
    stage.whenComplete((verification, thrown) -> resume(suspended, verdict));
    return suspended;
  }

  /** On the verifier's thread, which must not run a handler; so the call goes on on another. */
  private void resume(SuspendedCall<?, ?> suspended, CompletableFuture<Verification> verdict) {
    supervisor.executeOr(
        starts,
        SupervisedTask.CALL_START.label(),
        () -> {
          places.release();
          suspended.resume(verdicts.in(verdict));
        },
        () -> {
          places.release();
          // To refuse is to close a call, which any thread may do.
          suspended.resume(TOO_MANY);
        });
  }

  /** What happens after the wait. */
  private record Resumed<ReqT, RespT>(
      CallDecisions decisions,
      Arrival<ReqT, RespT> arrival,
      Function<KnownCaller, KnownCaller> remember)
      implements SuspendedCall.Resumption<ReqT, RespT> {

    @Override
    public @Nullable AdmittedCall<ReqT> resume(ServerCall<ReqT, RespT> late, Verification verdict) {
      return decisions.settle(arrival.startedLate(late), remember, verdict);
    }

    @Override
    public void failed(
        ServerCall<ReqT, RespT> late, @Nullable AdmittedCall<ReqT> started, Throwable thrown) {
      SuspendedCall.Resumption.super.failed(late, started, thrown);
      decisions.failed(() -> arrival, thrown);
    }
  }
}
