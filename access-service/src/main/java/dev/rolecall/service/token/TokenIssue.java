package dev.rolecall.service.token;

import static java.util.Objects.requireNonNull;

import dev.rolecall.jwt.SignedToken;
import dev.rolecall.service.failure.AccessFailure;
import dev.rolecall.service.store.Outage;
import java.time.Instant;
import java.util.function.Function;

/** The answer to a caller that wants a token of a grant. */
public sealed interface TokenIssue {

  /** Calls the function of the arm this is. */
  default <R> R fold(
      Function<? super Issued, ? extends R> issued,
      Function<? super AccessFailure, ? extends R> refused,
      Function<? super Outage, ? extends R> unavailable) {
    if (this instanceof Issued arm) {
      return issued.apply(arm);
    }
    if (this instanceof Refused arm) {
      return refused.apply(arm.failure());
    }
    if (this instanceof Unavailable arm) {
      return unavailable.apply(arm.outage());
    }
    throw new AssertionError();
  }

  /**
   * A token, whose event has been written.
   *
   * @param token the token, a secret; it masks itself
   * @param expiresAt the end of its life, by the store's clock
   */
  record Issued(SignedToken token, Instant expiresAt) implements TokenIssue {

    /** Checks that nothing is null. */
    public Issued {
      requireNonNull(token, "token");
      requireNonNull(expiresAt, "expiresAt");
    }
  }

  /**
   * No token.
   *
   * @param failure the reason, fit for the caller
   */
  record Refused(AccessFailure failure) implements TokenIssue {

    /** Checks that nothing is null. */
    public Refused {
      requireNonNull(failure, "failure");
    }
  }

  /**
   * No token for now. The event of one may have been written.
   *
   * @param outage the reason
   */
  record Unavailable(Outage outage) implements TokenIssue {

    /** Checks that nothing is null. */
    public Unavailable {
      requireNonNull(outage, "outage");
    }
  }
}
