package dev.rolecall.apikeys;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.internal.FollowedValue;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;

/**
 * The keys in force, which follow their file. A file that is none leaves the last good keys in
 * force; that is logged once for each content. Thread-safe.
 */
final class CurrentKeys {

  private static final Logger LOG = System.getLogger("rolecall.apikeys");

  private final AccessRuntime runtime;
  private final FollowedValue<KeyTable> followed;

  private volatile Runnable withdrawal = () -> {};

  /**
   * The keys of the file, in force from the start. Blocks on the file.
   *
   * @throws KeyFileException if it is no file of API keys
   */
  CurrentKeys(KeyFile file, AccessRuntime runtime) {
    requireNonNull(file, "file");
    this.runtime = requireNonNull(runtime, "runtime");
    this.followed = new FollowedValue<>(() -> found(file, runtime), KeyFileException.class);
    logLoaded(get());
  }

  KeyTable get() {
    return followed.get();
  }

  /** Has that run each time a caller was withdrawn. Called once. */
  void onWithdrawal(Runnable listener) {
    withdrawal = requireNonNull(listener, "listener");
  }

  /**
   * Checks the file, and puts its keys in force once two checks in a row found the same. Blocks on
   * the file.
   */
  void look() {
    followed.look(this::reloaded, CurrentKeys::rejected);
  }

  private static FollowedValue.Content<KeyTable> found(KeyFile file, AccessRuntime runtime) {
    Instant now = runtime.clock().instant();
    byte[] content = file.bytes();
    return FollowedValue.Content.of(
        content,
        before -> before.orElseGet(KeyTable::empty).replacedBy(file.read(content, now), now));
  }

  private void reloaded(KeyTable before, KeyTable next) {
    if (next.withdrawsMoreThan(before)) {
      // First those that hold calls to the new keys; the log may fail.
      runtime.supervisor().run(SupervisedTask.KEY_FILE.label(), withdrawal);
    }
    logLoaded(next);
  }

  private static void rejected(RuntimeException flaw) {
    LOG.log(
        Level.WARNING,
        "API keys rejected, the last good keys stay in force: {0}",
        flaw.getMessage());
  }

  private void logLoaded(KeyTable table) {
    LOG.log(
        Level.INFO,
        "{0} API keys loaded, {1} of them live",
        table.size(),
        table.liveAt(runtime.clock().instant()));
  }
}
