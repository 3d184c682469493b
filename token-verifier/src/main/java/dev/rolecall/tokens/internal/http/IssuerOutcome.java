package dev.rolecall.tokens.internal.http;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;

/**
 * The thing that an issuer was asked for, or the reason why it gave nothing of use.
 *
 * @param <T> what it was asked for
 */
public sealed interface IssuerOutcome<T> {

  /** The value. */
  static <T> IssuerOutcome<T> good(T value) {
    return new Good<>(value);
  }

  /** The failure. */
  static <T> IssuerOutcome<T> bad(IssuerFailure failure) {
    return new Bad<>(failure);
  }

  /** Calls the function of the arm this is. */
  default <R> R fold(Function<T, R> good, Function<IssuerFailure, R> bad) {
    if (this instanceof Good<T> arm) {
      return good.apply(arm.value());
    }
    if (this instanceof Bad<T> arm) {
      return bad.apply(arm.failure());
    }
    throw new AssertionError("no arm of IssuerOutcome");
  }

  /** The result of the function on the value; the same failure where there is no value. */
  default <R> IssuerOutcome<R> then(Function<T, IssuerOutcome<R>> next) {
    return fold(next, IssuerOutcome::bad);
  }

  /**
   * A value.
   *
   * @param value what was asked for
   * @param <T> its type
   */
  record Good<T>(T value) implements IssuerOutcome<T> {
    /** Checks that nothing is absent. */
    public Good {
      requireNonNull(value, "value");
    }
  }

  /**
   * A failure.
   *
   * @param failure the reason
   * @param <T> the type of what was asked for
   */
  record Bad<T>(IssuerFailure failure) implements IssuerOutcome<T> {
    /** Checks that nothing is absent. */
    public Bad {
      requireNonNull(failure, "failure");
    }
  }
}
