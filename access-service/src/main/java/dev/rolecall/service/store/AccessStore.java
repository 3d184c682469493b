package dev.rolecall.service.store;

import dev.rolecall.service.request.AccessEvent;
import dev.rolecall.service.request.AccessGrant;
import dev.rolecall.service.request.AccessLock;
import dev.rolecall.service.request.AccessRequest;
import dev.rolecall.service.request.Ask;
import dev.rolecall.service.request.Enforcer;
import dev.rolecall.service.request.FreeText;
import dev.rolecall.service.request.NewLock;
import dev.rolecall.service.request.NewRequest;
import dev.rolecall.service.request.NewReview;
import dev.rolecall.service.request.PostReview;
import dev.rolecall.service.request.Review;
import dev.rolecall.service.request.Subject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The requests, reviews, grants, locks, keys and events of an access service.
 *
 * <p>Each transition is one transaction: it checks the state and the deadline in one statement by
 * the store's clock, changes the row, takes the next revision, and writes the event. It happens as
 * a whole or not at all. A transition that comes too late is refused, and the refusal says how
 * things stand. The store judges nothing that rules say: who may do what is the service's question.
 * The exception is that no party reviews what it asked for or gains from, which the store checks
 * too.
 *
 * <p>Nothing here blocks: the work runs on the store's own threads, and stages complete there. A
 * continuation must not block either. Where the store is away or has too much to do, the outcome is
 * {@link Outcome.Unavailable}. Then a transition may have happened nevertheless: repeat it, with
 * the same idempotency key. A stage fails only for a defect of the service. Safe for use by many
 * threads.
 *
 * <p>What ends access has threads that other work cannot fill: to revoke, to lock and unlock, to
 * review emergency access, and to read one grant.
 *
 * <p>An id that no row has is refused as {@link Refusal.Reason#NOT_FOUND}.
 */
public interface AccessStore extends AutoCloseable {

  /** The shortest time to keep history: what follows events is never that far behind. */
  Duration SHORTEST_KEPT = Duration.ofDays(7);

  /** The longest time to keep history, other than for ever. */
  Duration LONGEST_KEPT = Duration.ofDays(36_500);

  /**
   * Makes a request. Emergency access is approved at once: the answer names its grant. An extension
   * waits for its approval as other requests do.
   *
   * <p>A request of the same party under the same key is answered by the first one, as it stands
   * now, if the content is equal. Refused: {@link Refusal.Reason#KEY_REUSED} if it is not; {@link
   * Refusal.Reason#POST_REVIEW_OPEN} for emergency access while other emergency access of the
   * beneficiary waits for its review; {@link Refusal.Reason#FLAGGED} where other emergency access
   * of the beneficiary for the permission was flagged; {@link Refusal.Reason#GRANT_ENDED} and
   * {@link Refusal.Reason#END_NOT_LATER} for an extension; {@link Refusal.Reason#START_PASSED} for
   * a start that is not later than now.
   */
  CompletionStage<Outcome<AccessRequest>> place(NewRequest request);

  /**
   * The request that the requester has made under that key, as it stands now. It answers a retry,
   * whatever the rules say by now.
   *
   * <p>Refused: {@link Refusal.Reason#KEY_REUSED} if its content is another one.
   *
   * @param key as {@link NewRequest} has it
   * @param extendedGrant the grant that the request extends; present for an extension alone
   * @return empty if there is none yet
   */
  CompletionStage<Outcome<Optional<AccessRequest>>> placed(
      Ask ask, String key, Optional<String> extendedGrant);

  /**
   * Takes a pending request back.
   *
   * <p>Refused: {@link Refusal.Reason#REQUEST_NOT_PENDING}.
   */
  CompletionStage<Outcome<AccessRequest>> cancel(String requestId, Subject actor);

  /**
   * Gives a review. A denial ends the request at once. The approval that completes the quorum makes
   * the grant, or gives the extended grant its later end, which is the approved time from now on.
   * The narrowest time and the resources that all approvals share count.
   *
   * <p>Refused: {@link Refusal.Reason#REQUEST_NOT_PENDING}; {@link Refusal.Reason#REVISION_MOVED};
   * {@link Refusal.Reason#ALREADY_REVIEWED} for a second review of one party; {@link
   * Refusal.Reason#OWN_REQUEST} for the requester and the beneficiary; {@link
   * Refusal.Reason#REVIEW_WIDENS}; {@link Refusal.Reason#NO_RESOURCE_LEFT} if the approvals share
   * no resource; and for an extension {@link Refusal.Reason#GRANT_ENDED} and {@link
   * Refusal.Reason#END_NOT_LATER}.
   *
   * @param stillCounts whether an approval counts towards the quorum now; asked on a thread of the
   *     store, in the transaction, and must not block
   */
  CompletionStage<Outcome<AccessRequest>> review(NewReview review, Predicate<Review> stillCounts);

  /**
   * Ends a grant now. A grant that has been revoked is answered as it is, without a change.
   *
   * <p>Refused: {@link Refusal.Reason#GRANT_ENDED} if its time is over.
   */
  CompletionStage<Outcome<AccessGrant>> revoke(
      String grantId, Subject actor, Optional<FreeText> reason);

  /**
   * Reviews emergency access afterwards. {@link PostReview#FLAGGED} also revokes the grant if it
   * still holds.
   *
   * <p>Refused: {@link Refusal.Reason#NO_OPEN_POST_REVIEW}, and {@link Refusal.Reason#OWN_REQUEST}
   * for the requester and the holder.
   *
   * @param decision not {@link PostReview#REQUIRED}
   */
  CompletionStage<Outcome<AccessGrant>> reviewBreakGlass(
      String grantId, Subject actor, PostReview decision, Optional<FreeText> reason);

  /**
   * Takes back that emergency access was flagged: its holder may have emergency access for the
   * permission again. A grant that was revoked stays so.
   *
   * <p>Refused: {@link Refusal.Reason#NO_OPEN_POST_REVIEW} if it is not flagged, and {@link
   * Refusal.Reason#OWN_REQUEST} for the requester and the holder.
   */
  CompletionStage<Outcome<AccessGrant>> acknowledgeFlagged(
      String grantId, Subject actor, Optional<FreeText> reason);

  /**
   * Sets a lock.
   *
   * <p>Refused: {@link Refusal.Reason#END_NOT_LATER} if its end is not after now.
   */
  CompletionStage<Outcome<AccessLock>> lock(NewLock lock);

  /** Takes a lock away. A lock that is gone is answered as it is, without a change. */
  CompletionStage<Outcome<AccessLock>> unlock(
      String lockId, Subject actor, Optional<FreeText> reason);

  /**
   * Writes an event about a grant if the grant and the locks are as they must be. No transition
   * comes between the question and the event: what was revoked or locked before is seen.
   *
   * @param note the event, or empty for none; asked on a thread of the store, in the transaction,
   *     and must not block. It may be asked again if the transaction is repeated
   * @return the things as the function last saw them
   */
  CompletionStage<Outcome<GrantSight>> noteOn(
      String grantId, Function<GrantSight, Optional<Note>> note);

  /** One request. */
  CompletionStage<Outcome<AccessRequest>> request(String id);

  /** Requests, newest first. Refused: {@link Refusal.Reason#BAD_CURSOR}. */
  CompletionStage<Outcome<Page<AccessRequest>>> requests(RequestFilter filter, PageKey page);

  /** One grant. */
  CompletionStage<Outcome<AccessGrant>> grant(String id);

  /** Grants, newest first. Refused: {@link Refusal.Reason#BAD_CURSOR}. */
  CompletionStage<Outcome<Page<AccessGrant>>> grants(GrantFilter filter, PageKey page);

  /** One lock. */
  CompletionStage<Outcome<AccessLock>> lock(String id);

  /** The locks that hold now, newest first. Refused: {@link Refusal.Reason#BAD_CURSOR}. */
  CompletionStage<Outcome<Page<AccessLock>>> locks(PageKey page);

  /**
   * Events in the order of the filter. Refused: {@link Refusal.Reason#BAD_CURSOR}, also for the
   * cursor of the other order.
   */
  CompletionStage<Outcome<Page<AccessEvent>>> events(EventFilter filter, PageKey page);

  /** The store's epoch, newest revision and time. */
  CompletionStage<Outcome<Position>> position();

  /**
   * Begins another history, since revisions that were told have been lost: a database that was
   * restored, or promoted without its last commits. Nothing changes if the history is another one
   * already.
   *
   * @param lost the epoch whose last revisions are gone
   * @return the position in the history that goes on
   */
  CompletionStage<Outcome<Position>> beginHistory(String lost);

  /**
   * The grants, locks and keys that changed after a revision, each as it is now, read in one
   * snapshot. For after = 0 all that matter now: no grant whose period is over, no lock that is
   * gone. Grants whose period is over are never in it; revoked grants are, until then. It has its
   * own thread: other work of the store does not hold it up.
   *
   * @param after a revision of this store's epoch, or 0
   * @param limit at most this many grants and locks: 1 to 10,000
   */
  CompletionStage<Outcome<News>> news(long after, int limit);

  /**
   * Runs the listener when there may be news: after each transition, of other nodes too, and at
   * least once a second. On a thread of the store: the listener must not block.
   *
   * @return ends it
   */
  Listening onNews(Runnable listener);

  /** Writes how enforcers stand, as this node sees them. No transition: it has no revision. */
  CompletionStage<Outcome<Integer>> see(List<Enforcer> enforcers);

  /** The enforcers that some node saw in the last day, by name. */
  CompletionStage<Outcome<List<Enforcer>>> enforcers();

  /**
   * Deletes some of what ended longer ago than that: events; and requests that are decided, with
   * their reviews and grants. A grant counts from the end of its period, also where it was revoked.
   * Emergency access that waits for its review or is flagged stays, and so do locks and keys. What
   * follows the store needs none of it. No transition: it has no revision.
   *
   * @param kept {@link #SHORTEST_KEPT} to {@link #LONGEST_KEPT}
   * @return how many events and requests; 0 if none are left
   */
  CompletionStage<Outcome<Integer>> forget(Duration kept);

  /** Numbers for metrics. */
  CompletionStage<Outcome<Statistics>> statistics();

  /** The signing keys. */
  KeyStore keys();

  /** The events that wait for their delivery. */
  Outbox outbox();

  /** Ends the work, and closes the connections. What has not begun is {@code Unavailable}. */
  @Override
  void close();

  /** A listener that runs. Closing it, once or more often, ends that. */
  @FunctionalInterface
  interface Listening extends AutoCloseable {
    @Override
    void close();
  }
}
