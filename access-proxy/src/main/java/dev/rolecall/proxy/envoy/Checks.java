package dev.rolecall.proxy.envoy;

import dev.rolecall.access.Outcome;
import dev.rolecall.access.Pending;
import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.proxy.internal.check.Check;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The door: answers each Check, on the event loop that it came in on. One that waits for an issuer
 * holds no thread, and is answered on an event loop. Every Check is answered; none fails.
 */
final class Checks {

  private static final String CANCELLED = "cancelled";

  private final Audiences audiences;
  private final CheckMetrics metrics;
  private final AccessRuntime runtime;
  private final Semaphore places;
  private final Executor loops;

  /** The mark of the checker's own Checks, which are not recorded. */
  private final String mark;

  /**
   * The door to those audiences.
   *
   * @param maxWaiting how many Checks may wait at once
   * @param loops answers those that waited
   */
  Checks(Audiences audiences, AccessRuntime runtime, int maxWaiting, Executor loops, String mark) {
    this.audiences = audiences;
    this.metrics = new CheckMetrics(runtime.telemetry());
    this.runtime = runtime;
    this.places = new Semaphore(maxWaiting);
    this.loops = loops;
    this.mark = mark;
  }

  /** Answers a Check. gRPC calls this. */
  void check(Check request, ServerCallStreamObserver<CheckAnswer> observer) {
    UnderWay check = new UnderWay(observer, runtime.ticker().getAsLong());
    try {
      if (CheckMethod.isUnreadable(request)) {
        check.finish(DeniedAnswers.DEFECT);
        return;
      }
      AudienceChecks audience = audiences.of(request.route());
      if (audience == null) {
        check.finish(DeniedAnswers.OF_UNKNOWN_AUDIENCE);
        return;
      }
      check.audience = audience;
      CheckedCall call = audience.read(request);
      check.call = call;
      Outcome outcome = audience.check(call);
      if (outcome instanceof Pending pending) {
        suspend(check, audience, call, pending);
      } else {
        check.finish(audience.answer(call, outcome));
      }
    } catch (RuntimeException | Error e) {
      check.failed(e);
    }
  }

  private void suspend(UnderWay check, AudienceChecks audience, CheckedCall call, Pending pending) {
    if (!places.tryAcquire()) {
      check.finish(audience.answer(call, pending.crowdedOut()));
      return;
    }
    check.observer.setOnCancelHandler(pending::leave);
    check.waits = true;
    pending.whenReady(
        () ->
            runtime
                .supervisor()
                .execute(
                    loops,
                    SupervisedTask.CALL_DECISION.label(),
                    () -> resume(check, audience, call, pending)));
  }

  private void resume(UnderWay check, AudienceChecks audience, CheckedCall call, Pending pending) {
    places.release();
    if (check.observer.isCancelled()) {
      check.count(CANCELLED);
      return;
    }
    try {
      check.finish(audience.answer(call, pending.outcome()));
    } catch (RuntimeException | Error e) {
      check.failed(e);
    }
  }

  private static void letGo() {}

  /** A Check that has no answer yet. One thread after another works on it. */
  private final class UnderWay {

    final ServerCallStreamObserver<CheckAnswer> observer;
    final long began;
    @Nullable AudienceChecks audience;
    @Nullable CheckedCall call;
    boolean waits;
    boolean answered;

    UnderWay(ServerCallStreamObserver<CheckAnswer> observer, long began) {
      this.observer = observer;
      this.began = began;
    }

    /** Answers first: no sink or metric can then leave Envoy waiting. */
    void finish(CheckAnswer answer) {
      if (!waits) {
        // Without a handler the observer throws if Envoy has left.
        observer.setOnCancelHandler(Checks::letGo);
      }
      answered = true;
      observer.onNext(answer);
      observer.onCompleted();
      if (isOwn()) {
        return;
      }
      AudienceChecks of = audience;
      CheckedCall about = call;
      if (answer.refusal() != null && of != null && about != null) {
        of.audience().access().records().refused(about, answer.refusal());
      }
      count(answer.result());
    }

    /** Nothing could be decided. */
    void failed(Throwable thrown) {
      runtime.supervisor().caught(SupervisedTask.CALL_DECISION.label(), thrown);
      if (!answered) {
        finish(DeniedAnswers.DEFECT);
      }
    }

    void count(String result) {
      AudienceChecks of = audience;
      metrics.checked(
          of == null ? CheckMetrics.UNKNOWN : of.audience().name().name(),
          result,
          Duration.ofNanos(runtime.ticker().getAsLong() - began));
    }

    private boolean isOwn() {
      return call != null && call.route().mark().equals(mark);
    }
  }
}
