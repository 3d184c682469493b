package dev.rolecall.grants.internal.feed;

import dev.rolecall.grants.internal.known.KnownState;
import dev.rolecall.grants.internal.known.News;
import dev.rolecall.grants.internal.known.Position;
import dev.rolecall.grants.v1.FeedMessage;
import java.util.Optional;
import java.util.Set;

/**
 * The way of a message from the wire into what is known: its form, its place in the service's
 * history, then its content. For one thread at a time.
 */
final class Intake {

  private final KnownState state;
  private final int mostGrants;
  private final FeedMetrics metrics;
  private final FeedLog log;
  private final KeptGrants kept;
  private final History history = new History();

  /**
   * The outcome of a message that was taken up.
   *
   * @param changed whether an answer may be another one than before
   * @param position the place that all is known up to; empty while more of the same news follows
   */
  record Taken(boolean changed, Optional<Position> position) {}

  Intake(KnownState state, int mostGrants, FeedMetrics metrics, FeedLog log, KeptGrants kept) {
    this.state = state;
    this.mostGrants = mostGrants;
    this.metrics = metrics;
    this.log = log;
    this.kept = kept;
  }

  /** The place to go on from with those permissions. */
  Position resumeWith(Set<String> permissions) {
    return history.resumeWith(permissions);
  }

  /** Takes up what was kept in the file, if it counts. */
  void restore() {
    kept.read()
        .ifPresent(
            file -> {
              history.completed(file.news().position(), file.permissions());
              state.restored(file.news(), file.age(), file.permissions());
            });
  }

  /** Takes a message up; empty if it breaks a rule, so that its stream must end. */
  Optional<Taken> take(FeedStream stream, FeedMessage message) {
    NewsReading reading = NewsReader.read(message);
    if (!(reading instanceof NewsReading.Read read)) {
      return refused(((NewsReading.Refused) reading).rule());
    }
    News news = read.news();
    boolean whole = news.reset() || (stream.isFirst() && stream.isFromScratch());
    Optional<String> flaw = history.flaw(news, whole || stream.isFilling());
    if (flaw.isPresent()) {
      forgetIfInVain(news);
      return refused(flaw.get());
    }
    return Optional.of(taken(stream, with(news, whole && !stream.isFilling())));
  }

  private Optional<Taken> refused(String rule) {
    metrics.refused();
    log.refused(rule);
    return Optional.empty();
  }

  /**
   * Another history is read from its beginning. So is one that went back, but not while what is
   * known is fresh: another node has read on, and will say so.
   */
  private void forgetIfInVain(News news) {
    if (!news.position().isBehind(history.seen()) || !state.isFresh(state.ticks())) {
      history.forget();
    }
  }

  /**
   * A subscription had no answer. A node says nothing while it is behind the place to go on from:
   * for ever, where its store has lost its last changes. So that place is forgotten too, but not
   * while what is known is fresh. A node that speaks has read its store since then.
   */
  void unanswered() {
    if (!state.isFresh(state.ticks())) {
      history.forget();
    }
  }

  private static News with(News news, boolean reset) {
    return new News(news.position(), news.serviceMillis(), reset, news.more(), news.changes());
  }

  private Taken taken(FeedStream stream, News news) {
    KnownState.Uptake uptake = state.heard(news, stream.askedAt(), stream.permissions());
    stream.heard(state.ticks(), news);
    metrics.taken(uptake.left(), news.reset());
    if (uptake.left() > 0) {
      log.full(mostGrants);
    }
    if (news.more()) {
      if (!stream.isFilling()) {
        history.partly(news.position());
      }
      return new Taken(uptake.changed(), Optional.empty());
    }
    history.completed(news.position(), stream.permissions());
    log.following(news.position().revision(), state.size());
    kept.heard(stream.permissions(), news);
    return new Taken(uptake.changed(), Optional.of(news.position()));
  }

  /** The stream is over: news that it had begun are forgotten. */
  void cutOff() {
    state.cutOff();
  }
}
