package dev.rolecall.service.internal.feed;

import dev.rolecall.identity.Caller;
import dev.rolecall.service.request.AccessGrant;
import dev.rolecall.service.request.Enforcer;
import dev.rolecall.service.request.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The grants, locks and enforcers as a node knows them. Safe for use by many threads. */
public interface GrantView {

  /** The store's time; empty until the store was read. */
  Optional<Instant> time();

  /** Whether the store has been read within three seconds. */
  boolean isFresh();

  /** The newest revision of which all news are known; 0 before the first reading. */
  long revision();

  /**
   * The newest revision, once it is that one or a second has passed. If very many wait already, the
   * newest as it is.
   */
  CompletionStage<Long> reached(long wanted);

  /** Whether the caller, its role or its access key is locked, or may be. */
  boolean isLocked(Caller caller);

  /** Whether the subject of an earlier act, its role or its access key is locked, or may be. */
  boolean isLocked(Subject subject);

  /** The decision of an enforcer that knows what this node knows. */
  Validation validate(Question question);

  /**
   * The servers that have not confirmed a change of a grant.
   *
   * @param wait how long to wait for them; zero to name all that follow its permission. If very
   *     many wait already, nothing is waited for
   */
  CompletionStage<Confirmations> confirmations(AccessGrant grant, Duration wait);

  /** The servers that follow grants, at all nodes. */
  CompletionStage<List<Enforcer>> enforcers();
}
