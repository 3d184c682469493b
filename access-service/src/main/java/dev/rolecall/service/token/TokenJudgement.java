package dev.rolecall.service.token;

import static java.util.Objects.requireNonNull;

import dev.rolecall.grants.token.GrantTokenClaims;
import dev.rolecall.service.failure.AccessFailure;
import java.util.function.Function;

/** A judgement about a claim to a token. */
sealed interface TokenJudgement {

  /** Calls the function of the arm this is. */
  default <R> R fold(
      Function<? super GrantTokenClaims, ? extends R> granted,
      Function<? super AccessFailure, ? extends R> refused) {
    if (this instanceof Granted arm) {
      return granted.apply(arm.claims());
    }
    if (this instanceof Refused arm) {
      return refused.apply(arm.failure());
    }
    throw new AssertionError();
  }

  /**
   * The caller may have this token.
   *
   * @param claims its claims
   */
  record Granted(GrantTokenClaims claims) implements TokenJudgement {

    /** Checks that nothing is null. */
    public Granted {
      requireNonNull(claims, "claims");
    }
  }

  /**
   * The caller may not.
   *
   * @param failure the reason
   */
  record Refused(AccessFailure failure) implements TokenJudgement {

    /** Checks that nothing is null. */
    public Refused {
      requireNonNull(failure, "failure");
    }
  }
}
