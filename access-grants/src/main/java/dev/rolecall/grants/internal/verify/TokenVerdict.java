package dev.rolecall.grants.internal.verify;

import static java.util.Objects.requireNonNull;

import dev.rolecall.grants.token.GrantTokenClaims;
import dev.rolecall.identity.RefusalReason;

/** The outcome of the checks of a grant token. */
sealed interface TokenVerdict {

  /**
   * A token that its issuer has signed. Whether it serves a call is asked apart.
   *
   * @param claims its claims
   * @param endTicks the end of its life, by the ticker: a clock that is set back revives nothing
   */
  record Genuine(GrantTokenClaims claims, long endTicks) implements TokenVerdict {
    public Genuine {
      requireNonNull(claims, "claims");
    }
  }

  /**
   * A token that is good for nothing here.
   *
   * @param reason why
   */
  record Refused(RefusalReason reason) implements TokenVerdict {
    public Refused {
      requireNonNull(reason, "reason");
    }
  }

  /** A token that cannot be judged now: its key is not known yet, or its caller has forged many. */
  enum Unsettled implements TokenVerdict {
    /** The only one. */
    NOW
  }
}
