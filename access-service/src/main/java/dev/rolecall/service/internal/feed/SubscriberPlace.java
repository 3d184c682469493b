package dev.rolecall.service.internal.feed;

import dev.rolecall.grants.v1.Ack;
import dev.rolecall.grants.v1.FeedMessage;
import dev.rolecall.identity.Caller;
import dev.rolecall.service.rules.AccessRules;
import dev.rolecall.service.rules.People;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The place of one subscriber in the news, and its row in the table of enforcers. Not safe for use
 * by several threads at once; never blocks.
 */
final class SubscriberPlace {

  /** Under the second that a server expects a heartbeat in. */
  private static final long HEARTBEAT_NANOS = Duration.ofMillis(900).toNanos();

  private final NodeNews news;
  private final Supplier<AccessRules> rules;
  private final Caller caller;
  private @Nullable Subscription subscription;
  private @Nullable FeedCursor cursor;
  private EnforcerTable.@Nullable Row row;
  private long sentAt;

  SubscriberPlace(NodeNews news, Supplier<AccessRules> rules, Caller caller) {
    this.news = news;
    this.rules = rules;
    this.caller = caller;
  }

  void subscribe(Subscription wanted) {
    Subscription before = subscription;
    // What it has is not all that it wants now.
    boolean more = before != null && !before.permissions().containsAll(wanted.permissions());
    subscription = more ? new Subscription(wanted.node(), wanted.permissions(), "", 0) : wanted;
    cursor = null;
    leave();
    row = news.enforcerTable().join(rules.get().people().subject(caller), wanted);
  }

  /**
   * Writes down what the subscriber confirms. What it has not been sent is of another history, and
   * confirms nothing of this one.
   *
   * @throws IllegalArgumentException if it has not subscribed
   */
  void confirm(Ack ack) {
    EnforcerTable.Row joined = row;
    if (joined == null) {
      throw new IllegalArgumentException("ack: before a subscription (expected: subscribe)");
    }
    FeedCursor at = cursor;
    if (at != null && at.isPast(ack.getRevision())) {
      joined.confirm(ack.getRevision(), ack.getStreamsEnded(), news.time().orElse(Instant.EPOCH));
    }
  }

  /** The next message, with the store's time; null if there is nothing to send now. */
  @Nullable FeedMessage next() {
    FeedMessage.Builder message = untimed();
    Instant time = news.time().orElse(null);
    if (message == null || time == null) {
      return null;
    }
    sentAt = news.ticks();
    return message.setServerTimeMs(time.toEpochMilli()).build();
  }

  private FeedMessage.@Nullable Builder untimed() {
    Subscription wanted = subscription;
    NewsLog log = news.log().orElse(null);
    if (wanted == null || log == null) {
      return null;
    }
    People people = rules.get().people();
    FeedCursor at = cursor;
    EnforcerTable.Row joined = row;
    if (at != null && joined != null && !at.isIn(log)) {
      joined.startOver();
    }
    if (at == null || !at.isOf(log, people)) {
      // Other directories: the locks of people mean other callers, so that all is told anew.
      at = at == null ? new FeedCursor(log, wanted, people) : FeedCursor.anew(log, wanted, people);
      cursor = at;
    }
    FeedMessage.Builder message = at.next();
    boolean due = message == null && news.ticks() - sentAt >= HEARTBEAT_NANOS;
    return due ? at.heartbeat() : message;
  }

  /** Takes the subscriber's row away. */
  void leave() {
    EnforcerTable.Row joined = row;
    if (joined != null) {
      joined.leave();
      row = null;
    }
  }
}
