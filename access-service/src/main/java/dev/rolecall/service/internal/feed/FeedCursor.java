package dev.rolecall.service.internal.feed;

import dev.rolecall.grants.v1.FeedMessage;
import dev.rolecall.grants.v1.GrantState;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.service.rules.People;
import dev.rolecall.service.token.KeyMessages;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The place of one subscriber in the log, and the message that comes next. It is all that a
 * subscriber costs, however far behind it is. Not safe for use by several threads at once.
 */
final class FeedCursor {

  /** The most items of a message. */
  static final int MOST_ITEMS = 1_000;

  /** The most bytes of a message, under gRPC's usual limit of 4 MiB. */
  private static final int MOST_BYTES = 1 << 20;

  /** The most items that one message passes over, those of other permissions included. */
  private static final int MOST_PASSED = 50_000;

  private final NewsLog log;
  private final Set<String> permissions;
  private final People people;
  private long at;
  private long keysAt;
  private boolean reset;
  private boolean begun;

  /** The cursor of a subscription: where it goes on, or at the start after a reset. */
  FeedCursor(NewsLog log, Subscription subscription, People people) {
    this(
        log,
        subscription,
        people,
        subscription.epoch().equals(log.epoch()) && log.canResumeFrom(subscription.after()));
  }

  private FeedCursor(NewsLog log, Subscription subscription, People people, boolean resumes) {
    this.log = log;
    this.permissions =
        subscription.permissions().stream()
            .map(PermissionName::value)
            .collect(Collectors.toUnmodifiableSet());
    this.people = people;
    this.reset = !resumes;
    this.at = resumes ? subscription.after() : 0;
  }

  /** The cursor of a subscription at the start, whatever the subscriber has. */
  static FeedCursor anew(NewsLog log, Subscription subscription, People people) {
    return new FeedCursor(log, subscription, people, false);
  }

  /** Whether this is the place in that log. */
  boolean isIn(NewsLog other) {
    return log == other;
  }

  /** Whether this is the place in that log, with those people. */
  boolean isOf(NewsLog other, People others) {
    return isIn(other) && people.equals(others);
  }

  /** Whether the subscriber may have taken up all news to that revision. */
  boolean isPast(long revision) {
    return revision <= at;
  }

  /**
   * The next message, without its time; null if there is no news. The first is never null, and says
   * that the subscriber is heard, unless this node is behind what the subscriber has.
   */
  FeedMessage.@Nullable Builder next() {
    long upTo = log.revision();
    NewsLog.Keys keys = log.keys();
    if (upTo < at) {
      return null;
    }
    FeedMessage.Builder message = FeedMessage.newBuilder().setEpoch(log.epoch());
    long end = fill(message, upTo);
    message.setRevision(end).setMore(end < upTo).setReset(reset);
    if (!message.getMore() && (keysAt < keys.revision() || reset)) {
      message.addAllKeys(KeyMessages.messages(keys.all()));
      keysAt = keys.revision();
    }
    boolean any =
        !begun
            || message.getMore()
            || message.getGrantsCount() + message.getLocksCount() + message.getKeysCount() > 0;
    at = end;
    if (any) {
      begun = true;
      reset = false;
    }
    return any ? message : null;
  }

  /** A message without news, which says that the store was read. */
  FeedMessage.@Nullable Builder heartbeat() {
    return log.revision() < at || !begun
        ? null
        : FeedMessage.newBuilder().setEpoch(log.epoch()).setRevision(at);
  }

  /** Adds items; the revision up to which all of them are there. */
  private long fill(FeedMessage.Builder message, long upTo) {
    int items = 0;
    int passed = 0;
    int bytes = 0;
    long end = at;
    for (Item item : log.between(at, upTo)) {
      if (items == MOST_ITEMS || bytes >= MOST_BYTES || passed == MOST_PASSED) {
        return end;
      }
      passed++;
      end = item.revision();
      if (item instanceof Item.OfLock lock) {
        items++;
        message.addLocks(FeedMessages.lock(lock.lock(), people));
        bytes += message.getLocks(message.getLocksCount() - 1).getSerializedSize();
      } else if (item instanceof Item.OfGrant grant
          && permissions.contains(grant.state().getPermission())) {
        items++;
        GrantState state = grant.state();
        message.addGrants(state);
        bytes += state.getSerializedSize();
      }
    }
    return upTo;
  }
}
