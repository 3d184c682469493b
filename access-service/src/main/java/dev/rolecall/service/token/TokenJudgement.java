package dev.rolecall.service.token;

import static java.util.Objects.requireNonNull;

import dev.rolecall.grants.token.GrantTokenClaims;
import dev.rolecall.service.failure.AccessFailure;
import java.util.function.Function;

/** A judgement about a claim to a token. */
sealed interface TokenJudgement {

  /** One result for each arm. */
  <R> R fold(
      Function<? super GrantTokenClaims, ? extends R> granted,
      Function<? super AccessFailure, ? extends R> refused);

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

    @Override
    public <R> R fold(
        Function<? super GrantTokenClaims, ? extends R> granted,
        Function<? super AccessFailure, ? extends R> refused) {
      return granted.apply(claims);
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

    @Override
    public <R> R fold(
        Function<? super GrantTokenClaims, ? extends R> granted,
        Function<? super AccessFailure, ? extends R> refused) {
      return refused.apply(failure);
    }
  }
}
