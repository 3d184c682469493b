package dev.rolecall.service.internal.api;

import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.guard.CurrentCaller;
import dev.rolecall.identity.internal.Supervisor;
import dev.rolecall.service.failure.AccessFailure;
import dev.rolecall.service.failure.FailureReason;
import dev.rolecall.service.failure.FailureStatus;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The begin and the end of each call: the caller with the rules of the moment, the check of locks,
 * and the answer or the status. A locked caller gets nothing but what it is.
 */
final class Doorstep {

  /** One caller leaves room for others: the store has threads for few. */
  private static final int MOST_AT_ONCE = 32;

  private static final String TASK = SupervisedTask.ACCESS_CALL.label();
  private static final AccessFailure NOT_READ =
      AccessFailure.of(
          FailureReason.STORE_UNAVAILABLE,
          "this node is out of touch with the store, or reads it anew after a restore (expected:"
              + " later, or another node)");

  private static final AccessFailure TOO_MANY =
      AccessFailure.of(
          FailureReason.TOO_MANY,
          MOST_AT_ONCE
              + " calls of yours are not answered yet (expected: fewer; next step: wait for their"
              + " answers)");

  private final Map<String, Integer> inFlight = new ConcurrentHashMap<>();
  private final Backend backend;
  private final Supervisor supervisor;

  Doorstep(Backend backend, Supervisor supervisor) {
    this.backend = backend;
    this.supervisor = supervisor;
  }

  /** Answers a call, unless its caller is locked. Who is locked must be known for that. */
  <T> void answer(StreamObserver<T> out, Function<Viewer, Reply<T>> call) {
    answerLocked(out, viewer -> admitted(viewer).then(same -> bounded(same, call)));
  }

  /** The same for servers, which ask often, and about what the node knows itself. */
  <T> void answerServer(StreamObserver<T> out, Function<Viewer, Reply<T>> call) {
    answerLocked(out, viewer -> admitted(viewer).then(call));
  }

  private <T> Reply<T> bounded(Viewer viewer, Function<Viewer, Reply<T>> call) {
    String party = viewer.subject().party();
    if (inFlight.merge(party, 1, Integer::sum) > MOST_AT_ONCE) {
      answered(party);
      return Reply.failed(TOO_MANY);
    }
    try {
      return call.apply(viewer).andThenAlways(() -> answered(party));
    } catch (RuntimeException | Error e) {
      answered(party);
      throw e;
    }
  }

  private void answered(String party) {
    inFlight.computeIfPresent(party, (same, calls) -> calls == 1 ? null : calls - 1);
  }

  private Reply<Viewer> admitted(Viewer viewer) {
    if (!backend.view().isFresh()) {
      return Reply.failed(NOT_READ);
    }
    return backend.view().isLocked(viewer.caller())
        ? Reply.failed(AccessFailure.CALLER_LOCKED)
        : Reply.of(viewer);
  }

  /** Answers a call, even of a locked caller. */
  <T> void answerLocked(StreamObserver<T> out, Function<Viewer, Reply<T>> call) {
    if (out instanceof ServerCallStreamObserver<T> observer) {
      // Else to answer a call that was cancelled would throw.
      observer.setOnCancelHandler(() -> {});
    }
    Viewer viewer = Viewer.of(CurrentCaller.get(), backend.rules().get());
    try {
      call.apply(viewer)
          .whenAnswered(
              value ->
                  supervisor.run(
                      TASK,
                      () -> {
                        out.onNext(value);
                        out.onCompleted();
                      }),
              failure -> supervisor.run(TASK, () -> out.onError(FailureStatus.of(failure))),
              thrown -> supervisor.run(TASK, () -> defect(out, thrown)));
    } catch (RuntimeException | Error e) {
      defect(out, e);
    }
  }

  private void defect(StreamObserver<?> out, Throwable thrown) {
    supervisor.caught(TASK, thrown);
    out.onError(FailureStatus.of(AccessFailure.DEFECT));
  }

  /** Begins a watch, unless its caller is locked. */
  <T> void watch(StreamObserver<T> out, BiConsumer<Viewer, ServerCallStreamObserver<T>> begin) {
    Viewer viewer = Viewer.of(CurrentCaller.get(), backend.rules().get());
    ServerCallStreamObserver<T> observer = (ServerCallStreamObserver<T>) out;
    admitted(viewer)
        .whenAnswered(
            known -> begin.accept(known, observer),
            failure -> out.onError(FailureStatus.of(failure)),
            thrown -> defect(out, thrown));
  }
}
