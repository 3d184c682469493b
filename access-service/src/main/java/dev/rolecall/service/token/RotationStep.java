package dev.rolecall.service.token;

import dev.rolecall.service.store.SigningKeyState;
import java.util.function.Function;
import java.util.function.Supplier;

/** The next step in the lives of the signing keys. */
sealed interface RotationStep {

  /** Calls the function of the arm this is; those with a key get its id. */
  default <R> R fold(
      Supplier<R> rest,
      Function<SigningKeyState, R> add,
      Function<String, R> activate,
      Function<String, R> withdraw) {
    if (this instanceof Rest) {
      return rest.get();
    }
    if (this instanceof Add arm) {
      return add.apply(arm.state());
    }
    if (this instanceof Activate arm) {
      return activate.apply(arm.kid());
    }
    if (this instanceof Withdraw arm) {
      return withdraw.apply(arm.kid());
    }
    throw new AssertionError();
  }

  /** Nothing is due. */
  record Rest() implements RotationStep {}

  /**
   * A new key is due.
   *
   * @param state the next one, or the current one of a store that has none
   */
  record Add(SigningKeyState state) implements RotationStep {}

  /**
   * The next key is to sign.
   *
   * @param kid its id
   */
  record Activate(String kid) implements RotationStep {}

  /**
   * The last token of a key has lapsed.
   *
   * @param kid its id
   */
  record Withdraw(String kid) implements RotationStep {}
}
