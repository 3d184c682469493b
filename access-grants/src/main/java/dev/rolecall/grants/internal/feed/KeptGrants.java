package dev.rolecall.grants.internal.feed;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.grants.internal.known.KnownState;
import dev.rolecall.grants.internal.known.News;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what is known in a file, if there is one, for a start while the service is away. It is
 * written behind the news, at most once a second, and at most a twentieth of the time. In between,
 * the file's time says how long its content has been true. Safe for use by many threads; {@link
 * #read} alone blocks.
 */
final class KeptGrants {

  private static final String TASK = SupervisedTask.GRANT_FEED.label();
  private static final long LEAST_PAUSE = Duration.ofSeconds(1).toNanos();
  private static final int SHARE = 20;

  private final @Nullable GrantsFile file;
  private final KnownState state;
  private final AccessRuntime runtime;
  private final Executor writer;

  // Guarded by this object.
  private boolean writing;
  private boolean written;
  private boolean changed = true;
  private long nextAt;

  /**
   * The content of the file.
   *
   * @param news what was known, from the beginning
   * @param permissions the permissions of which all grants are there
   * @param age how long ago the service last confirmed it
   */
  record Found(News news, Set<String> permissions, Duration age) {}

  private KeptGrants(
      @Nullable GrantsFile file, Executor writer, KnownState state, AccessRuntime runtime) {
    this.file = file;
    this.writer = writer;
    this.state = requireNonNull(state, "state");
    this.runtime = requireNonNull(runtime, "runtime");
    this.nextAt = runtime.ticker().getAsLong();
  }

  /** Keeps what is known as the settings say: nowhere if they name no file. */
  static KeptGrants of(FeedSettings settings, KnownState state, AccessRuntime runtime) {
    GrantsFile file = settings.file().map(GrantsFile::new).orElse(null);
    Executor writer =
        file == null
            ? Runnable::run
            : settings.writer().orElseGet(() -> runtime.newWaiters("rolecall-grants-file-"));
    return new KeptGrants(file, writer, state, runtime);
  }

  /** What the file has; empty if there is none, or it cannot be relied on. Blocks on the file. */
  Optional<Found> read() {
    return file == null ? Optional.empty() : file.read(runtime.clock().instant());
  }

  /** News were taken up, after which all of those permissions is known. */
  void heard(Set<String> permissions, News news) {
    if (file == null) {
      return;
    }
    Instant now = runtime.clock().instant();
    boolean whole;
    synchronized (this) {
      changed |= news.reset() || !news.changes().areNone();
      if (writing || runtime.ticker().getAsLong() - nextAt < 0) {
        return;
      }
      whole = changed || !written;
      changed = false;
      writing = true;
    }
    GrantsFile.Content content =
        new GrantsFile.Content(permissions, news.position(), news.serviceMillis(), now);
    runtime.supervisor().execute(writer, TASK, () -> write(file, content, whole));
  }

  private void write(GrantsFile target, GrantsFile.Content content, boolean whole) {
    long begun = runtime.ticker().getAsLong();
    boolean done = false;
    try {
      done = whole ? target.write(content, state.all()) : target.confirm(content.writtenAt());
    } finally {
      synchronized (this) {
        long ended = runtime.ticker().getAsLong();
        written = done;
        writing = false;
        nextAt = ended + Math.max(LEAST_PAUSE, SHARE * (ended - begun));
      }
    }
  }
}
