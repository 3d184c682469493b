package dev.rolecall.grants.internal.verify;

import dev.rolecall.grants.internal.known.Term;
import dev.rolecall.identity.Caller;
import dev.rolecall.jwt.key.KeySet;
import dev.rolecall.policy.grant.PermissionName;
import java.util.Optional;

/**
 * The things that a server knows beside a grant token. Safe for use by many threads; never blocks.
 */
public interface TokenGround {

  /** A value that is another one, by identity, after anything here has changed but the time. */
  Object version();

  /** Whether what is known of that permission may be relied on at that moment. */
  boolean isReliable(PermissionName permission, long ticks);

  /** The keys that tokens are verified with. */
  KeySet keys();

  /** The name that a token's issuer must have; empty where the keys can only be one service's. */
  Optional<String> issuer();

  /** Whether a lock means the caller. */
  boolean isLocked(Caller caller);

  /** The term of that grant, if it is known here: it wins over a token. */
  Optional<Term> term(String grantId);

  /** Elapsed time, which moments are of. */
  long ticks();

  /** The time that tokens are dated by, at that moment, in milliseconds of the epoch. */
  long serviceMillis(long ticks);
}
