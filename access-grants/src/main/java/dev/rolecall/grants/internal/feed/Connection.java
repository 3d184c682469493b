package dev.rolecall.grants.internal.feed;

import dev.rolecall.grants.internal.known.Position;
import io.grpc.Status;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The one subscription at a time, and the nodes it is sought at. For one thread at a time. */
final class Connection implements AutoCloseable {

  private final FeedSettings settings;
  private final FeedNodes nodes;
  private final FeedMetrics metrics;
  private final FeedLog log;
  private final Pause pause;
  private Set<String> wanted = Set.of();
  private @Nullable FeedStream current;

  Connection(
      FeedSettings settings,
      FeedNodes nodes,
      FeedMetrics metrics,
      FeedLog log,
      RandomGenerator random) {
    this.settings = settings;
    this.nodes = nodes;
    this.metrics = metrics;
    this.log = log;
    this.pause = new Pause(random);
  }

  /** The permissions to follow. */
  Set<String> wanted() {
    return wanted;
  }

  /** Other permissions are to be followed, from the next subscription on. */
  void want(Set<String> permissions) {
    wanted = new TreeSet<>(permissions);
  }

  /** The subscription; null while there is none. */
  @Nullable FeedStream current() {
    return current;
  }

  boolean isOpen() {
    return current != null;
  }

  /** Whether a message of the subscription has come. */
  boolean isHeard() {
    return current != null && !current.isFirst();
  }

  /** Whether that stream is not the one that is followed. */
  boolean isOld(FeedStream stream) {
    return stream != current;
  }

  /** Whether the subscription has news of all that is wanted. */
  boolean covers() {
    return current != null && current.permissions().containsAll(wanted);
  }

  /** Whether the subscription was silent for too long at that moment. */
  boolean isSilent(long ticks) {
    return current != null && ticks - silentAt(current) >= 0;
  }

  /** The moment at which the subscription has been silent for too long. */
  long silentAt(FeedStream stream) {
    return stream.heardAt() + settings.silence().toNanos();
  }

  /** Subscribes at the next node. What is heard, the follower hears. */
  void open(FeedClient follower, Position from, long ticks) {
    FeedStream stream = new FeedStream(follower, wanted, from, ticks);
    current = stream;
    stream.begin(nodes.next(), settings.credentials(), settings.name());
  }

  /** News came: the next pause is a short one. */
  void works() {
    pause.reset();
  }

  /** The stream ended at the other end. The pause before the next attempt. */
  Duration lost(Status status) {
    log.lost(status);
    return gone();
  }

  /** Ends the stream for its silence. The pause before the next attempt. */
  Duration silent() {
    log.silent(settings.silence().toString());
    end("silent for too long");
    return gone();
  }

  /** Ends the stream for a message that breaks a rule. The pause before the next attempt. */
  Duration refused() {
    end("a message breaks a rule");
    return gone();
  }

  private Duration gone() {
    current = null;
    metrics.reconnecting();
    return pause.next();
  }

  /** Ends the stream in favour of one at the same node. */
  void replace() {
    end("other permissions");
    nodes.stay();
  }

  private void end(String why) {
    FeedStream ending = current;
    current = null;
    if (ending != null) {
      ending.cancel(why);
    }
  }

  @Override
  public void close() {
    end("closed");
    nodes.close();
  }
}
