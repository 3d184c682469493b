package dev.rolecall.tokens.internal.claim;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.scheme.Verification;
import java.util.function.Function;

/** The judgement on a token's claims, before its signature is checked. */
public sealed interface TokenJudgement {

  /** Calls the function of the arm this is. */
  default <T> T fold(Function<TokenCheck, T> failed, Function<Verification, T> ifGenuine) {
    if (this instanceof Failed arm) {
      return failed.apply(arm.check());
    }
    if (this instanceof Plausible arm) {
      return ifGenuine.apply(arm.ifGenuine());
    }
    throw new AssertionError("no arm of TokenJudgement");
  }

  /**
   * It fails a check.
   *
   * @param check the first of them
   */
  record Failed(TokenCheck check) implements TokenJudgement {
    /** Checks that nothing is absent. */
    public Failed {
      requireNonNull(check, "check");
    }
  }

  /**
   * It passes every check, but for its signature.
   *
   * @param ifGenuine the verdict, should the signature be good: a caller; or a refusal that may be
   *     told to a known caller alone
   */
  record Plausible(Verification ifGenuine) implements TokenJudgement {
    /** Checks that nothing is absent. */
    public Plausible {
      requireNonNull(ifGenuine, "ifGenuine");
    }
  }
}
