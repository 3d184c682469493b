package dev.rolecall.service.internal.api;

import static java.util.Objects.requireNonNull;

import dev.rolecall.service.failure.AccessFailure;
import dev.rolecall.service.failure.FailureReason;
import dev.rolecall.service.store.Outcome;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The answer to a call, which may come later and on another thread. The steps of a call follow one
 * another here; the first that fails ends it. Nothing of it blocks.
 *
 * @param <T> what it answers with
 */
final class Reply<T> {

  private final CompletionStage<Answer<T>> stage;

  private Reply(CompletionStage<Answer<T>> stage) {
    this.stage = requireNonNull(stage, "stage");
  }

  static <T> Reply<T> of(T value) {
    return new Reply<>(CompletableFuture.completedFuture(new Answer.Done<>(value)));
  }

  static <T> Reply<T> failed(AccessFailure failure) {
    return new Reply<>(CompletableFuture.completedFuture(new Answer.Failed<>(failure)));
  }

  /** The reply that comes with the stage. */
  static <T> Reply<T> later(CompletionStage<T> stage) {
    return new Reply<>(stage.thenApply(Answer.Done::new));
  }

  /** The store's answer. A refusal of the store is told as it says. */
  static <T> Reply<T> of(CompletionStage<Outcome<T>> stage) {
    return new Reply<>(
        stage.thenApply(
            outcome ->
                outcome.<Answer<T>>fold(
                    Answer.Done::new,
                    refusal -> new Answer.Failed<>(StoreFailures.of(refusal)),
                    outage -> new Answer.Failed<>(StoreFailures.of(outage)))));
  }

  /** The value of the reading of a message, whose exceptions name what is wrong. */
  static <T> Reply<T> reading(Supplier<T> reading) {
    try {
      return of(reading.get());
    } catch (IllegalArgumentException e) {
      return failed(
          AccessFailure.of(FailureReason.ARGUMENT_INVALID, String.valueOf(e.getMessage())));
    }
  }

  <R> Reply<R> map(Function<? super T, ? extends R> change) {
    return then(value -> of(change.apply(value)));
  }

  /** The next step, once this one has succeeded. */
  <R> Reply<R> then(Function<? super T, Reply<R>> next) {
    return new Reply<>(
        stage.thenCompose(
            answer ->
                answer.<CompletionStage<Answer<R>>>fold(
                    value -> next.apply(value).stage,
                    failure -> CompletableFuture.completedFuture(new Answer.Failed<>(failure)))));
  }

  /** The same value, unless the check names a failure. */
  Reply<T> unless(Function<? super T, Optional<AccessFailure>> check) {
    return then(value -> check.apply(value).map(Reply::<T>failed).orElseGet(() -> of(value)));
  }

  /** The same; what the store does not have is told as that failure. */
  Reply<T> absentAs(AccessFailure absent) {
    return new Reply<>(
        stage.thenApply(
            answer ->
                answer.<Answer<T>>fold(
                    Answer.Done::new,
                    failure ->
                        new Answer.Failed<>(StoreFailures.isAbsence(failure) ? absent : failure))));
  }

  /** The same; the action runs before it is answered, however it ends. */
  Reply<T> andThenAlways(Runnable action) {
    return new Reply<>(stage.whenComplete((answer, thrown) -> action.run()));
  }

  /** The value, or what is made of the failure. */
  CompletionStage<T> orElse(Function<AccessFailure, ? extends T> other) {
    return stage.thenApply(answer -> answer.<T>fold(value -> value, other));
  }

  /**
   * Calls one of them: with the value, with the failure, or with what was thrown instead. What the
   * first two throw is told to the third, so that no call is left without an answer.
   */
  void whenAnswered(
      Consumer<? super T> done, Consumer<AccessFailure> no, Consumer<Throwable> defect) {
    stage
        .thenAccept(
            answer ->
                answer.fold(
                    value -> {
                      done.accept(value);
                      return true;
                    },
                    failure -> {
                      no.accept(failure);
                      return false;
                    }))
        .whenComplete(
            (answered, thrown) -> {
              if (thrown != null) {
                defect.accept(thrown);
              }
            });
  }
}
