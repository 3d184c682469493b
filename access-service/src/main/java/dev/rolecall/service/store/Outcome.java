package dev.rolecall.service.store;

import java.util.function.Function;

/**
 * The store's answer to a question or a transition.
 *
 * @param <T> what it answers with
 */
public sealed interface Outcome<T> {

  /** Calls the function of the arm this is. */
  default <R> R fold(
      Function<? super T, ? extends R> done,
      Function<? super Refusal, ? extends R> refused,
      Function<? super Outage, ? extends R> unavailable) {
    if (this instanceof Done<T> arm) {
      return done.apply(arm.value());
    }
    if (this instanceof Refused<T> arm) {
      return refused.apply(arm.refusal());
    }
    if (this instanceof Unavailable<T> arm) {
      return unavailable.apply(arm.outage());
    }
    throw new AssertionError();
  }

  /** The same answer with another value. */
  default <R> Outcome<R> map(Function<? super T, ? extends R> change) {
    return fold(value -> new Done<>(change.apply(value)), Refused::new, Unavailable::new);
  }

  /**
   * The store did it, or has it.
   *
   * @param value the answer
   */
  record Done<T>(T value) implements Outcome<T> {}

  /**
   * The state of things does not allow it. Nothing was changed.
   *
   * @param refusal why
   */
  record Refused<T>(Refusal refusal) implements Outcome<T> {}

  /**
   * The store could not be asked, or its answer did not arrive. The change may have been made.
   *
   * @param outage why
   */
  record Unavailable<T>(Outage outage) implements Outcome<T> {}
}
