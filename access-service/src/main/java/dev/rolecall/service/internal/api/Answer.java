package dev.rolecall.service.internal.api;

import static java.util.Objects.requireNonNull;

import dev.rolecall.service.failure.AccessFailure;
import java.util.function.Function;

/**
 * The answer to one step of a call.
 *
 * @param <T> what it answers with
 */
sealed interface Answer<T> {

  /** Calls the function of the arm this is. */
  <R> R fold(
      Function<? super T, ? extends R> done, Function<? super AccessFailure, ? extends R> no);

  /**
   * It was done.
   *
   * @param value the answer
   */
  record Done<T>(T value) implements Answer<T> {
    public Done {
      requireNonNull(value, "value");
    }

    @Override
    public <R> R fold(
        Function<? super T, ? extends R> done, Function<? super AccessFailure, ? extends R> no) {
      return done.apply(value);
    }
  }

  /**
   * It was not.
   *
   * @param failure the reason
   */
  record Failed<T>(AccessFailure failure) implements Answer<T> {
    public Failed {
      requireNonNull(failure, "failure");
    }

    @Override
    public <R> R fold(
        Function<? super T, ? extends R> done, Function<? super AccessFailure, ? extends R> no) {
      return no.apply(failure);
    }
  }
}
