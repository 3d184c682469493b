package dev.rolecall.service.token;

import static java.util.Objects.requireNonNull;

import dev.rolecall.jwt.SignedToken;
import dev.rolecall.service.failure.AccessFailure;
import dev.rolecall.service.store.Outage;
import java.time.Instant;
import java.util.function.Function;

/** The answer to a caller that wants a token of a grant. */
public sealed interface TokenIssue {

  /** One result for each arm. */
  <R> R fold(
      Function<? super Issued, ? extends R> issued,
      Function<? super AccessFailure, ? extends R> refused,
      Function<? super Outage, ? extends R> unavailable);

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

    @Override
    public <R> R fold(
        Function<? super Issued, ? extends R> issued,
        Function<? super AccessFailure, ? extends R> refused,
        Function<? super Outage, ? extends R> unavailable) {
      return issued.apply(this);
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

    @Override
    public <R> R fold(
        Function<? super Issued, ? extends R> issued,
        Function<? super AccessFailure, ? extends R> refused,
        Function<? super Outage, ? extends R> unavailable) {
      return refused.apply(failure);
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

    @Override
    public <R> R fold(
        Function<? super Issued, ? extends R> issued,
        Function<? super AccessFailure, ? extends R> refused,
        Function<? super Outage, ? extends R> unavailable) {
      return unavailable.apply(outage);
    }
  }
}
