package dev.rolecall.decisions;

import dev.rolecall.decisions.DecisionCounts.Count;
import dev.rolecall.decisions.v1.DecisionNews;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * A stream of news. Nothing waits for a slow reader: what has changed is worked out when the stream
 * has room, from what was sent before.
 */
final class Watcher {

  private final DecisionTally tally;
  private final Clock clock;
  private final Instant since;
  private final ServerCallStreamObserver<DecisionNews> stream;

  private final Map<Count, Long> sentCounts = new HashMap<>();
  private long sentRecord;
  private long sentUncounted;
  private boolean begun;
  private boolean ended;

  Watcher(
      DecisionTally tally,
      Clock clock,
      Instant since,
      ServerCallStreamObserver<DecisionNews> stream) {
    this.tally = tally;
    this.clock = clock;
    this.since = since;
    this.stream = stream;
  }

  /** Sends the first message, unless it has been sent. */
  synchronized void begin() {
    if (!begun) {
      send();
    }
  }

  /** Sends what has changed, if the stream has room. */
  synchronized void send() {
    if (ended || !stream.isReady()) {
      return;
    }
    DecisionNews.Builder news = DecisionNews.newBuilder();
    for (Count count : tally.counts().all()) {
      long total = count.total();
      Long before = sentCounts.put(count, total);
      if (before == null || before != total) {
        news.addCounts(count.message(total));
      }
    }
    RecentRecords.After after = tally.records().after(sentRecord);
    sentRecord = after.last();
    long uncounted = tally.counts().uncounted();
    boolean changed =
        news.getCountsCount() > 0 || !after.records().isEmpty() || uncounted != sentUncounted;
    sentUncounted = uncounted;
    if (changed || !begun) {
      begun = true;
      stream.onNext(
          news.addAllRecords(after.records())
              .setAt(Messages.time(clock.instant()))
              .setSince(Messages.time(since))
              .setUncounted(uncounted)
              .build());
    }
  }

  /** Ends the stream with that status. */
  synchronized void end(Status status) {
    if (!ended) {
      ended = true;
      stream.onError(status.asRuntimeException());
    }
  }

  /** The reader has gone. */
  synchronized void gone() {
    ended = true;
  }
}
