package dev.rolecall.service.token;

import dev.rolecall.service.store.SigningKeyState;
import java.util.function.Function;
import java.util.function.Supplier;

/** The next step in the lives of the signing keys. */
sealed interface RotationStep {

  /** One result for each arm; those with a key get its id. */
  <R> R fold(
      Supplier<R> rest,
      Function<SigningKeyState, R> add,
      Function<String, R> activate,
      Function<String, R> withdraw);

  /** Nothing is due. */
  record Rest() implements RotationStep {
    @Override
    public <R> R fold(
        Supplier<R> rest,
        Function<SigningKeyState, R> add,
        Function<String, R> activate,
        Function<String, R> withdraw) {
      return rest.get();
    }
  }

  /**
   * A new key is due.
   *
   * @param state the next one, or the current one of a store that has none
   */
  record Add(SigningKeyState state) implements RotationStep {
    @Override
    public <R> R fold(
        Supplier<R> rest,
        Function<SigningKeyState, R> add,
        Function<String, R> activate,
        Function<String, R> withdraw) {
      return add.apply(state);
    }
  }

  /**
   * The next key is to sign.
   *
   * @param kid its id
   */
  record Activate(String kid) implements RotationStep {
    @Override
    public <R> R fold(
        Supplier<R> rest,
        Function<SigningKeyState, R> add,
        Function<String, R> activate,
        Function<String, R> withdraw) {
      return activate.apply(kid);
    }
  }

  /**
   * The last token of a key has lapsed.
   *
   * @param kid its id
   */
  record Withdraw(String kid) implements RotationStep {
    @Override
    public <R> R fold(
        Supplier<R> rest,
        Function<SigningKeyState, R> add,
        Function<String, R> activate,
        Function<String, R> withdraw) {
      return withdraw.apply(kid);
    }
  }
}
