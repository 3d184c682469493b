package dev.rolecall.apikeys;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.internal.ContentWatch;
import dev.rolecall.identity.internal.FileContent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * The keys in force, which follow their file. A file that is none leaves the last good keys in
 * force; that is logged once for each content. Thread-safe.
 */
final class CurrentKeys {

  private static final Logger LOG = System.getLogger("rolecall.apikeys");

  private final KeyFile file;
  private final AccessRuntime runtime;
  private final Object looking = new Object();

  /** Guarded by looking. */
  private final ContentWatch watch = new ContentWatch();

  private volatile KeyTable table;
  private volatile Runnable withdrawal = () -> {};

  /**
   * The keys of the file, in force from the start. Blocks on the file.
   *
   * @throws KeyFileException if it is no file of API keys
   */
  CurrentKeys(KeyFile file, AccessRuntime runtime) {
    this.file = requireNonNull(file, "file");
    this.runtime = requireNonNull(runtime, "runtime");
    Instant now = runtime.clock().instant();
    byte[] content = file.bytes();
    this.table = KeyTable.empty().replacedBy(file.read(content, now), now);
    watch.take(FileContent.fingerprint(content));
    logLoaded(table, now);
  }

  KeyTable get() {
    return table;
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
    Runnable afterwards;
    synchronized (looking) {
      afterwards = looked();
    }
    // Outside the lock: a listener may ask for anything.
    afterwards.run();
  }

  private Runnable looked() {
    Supplier<List<StoredKey>> reading;
    String found;
    Instant now = runtime.clock().instant();
    try {
      byte[] content = file.bytes();
      found = FileContent.fingerprint(content);
      reading = () -> file.read(content, now);
    } catch (KeyFileException e) {
      found = String.valueOf(e.getMessage());
      reading =
          () -> {
            throw e;
          };
    }
    return watch.isNew(found, false) ? takenUp(found, reading, now) : () -> {};
  }

  private Runnable takenUp(String found, Supplier<List<StoredKey>> reading, Instant now) {
    KeyTable before = table;
    try {
      KeyTable next = before.replacedBy(reading.get(), now);
      watch.take(found);
      table = next;
      return () -> reloaded(before, next, now);
    } catch (KeyFileException e) {
      watch.take(found);
      return () ->
          LOG.log(
              Level.WARNING,
              "API keys rejected, the last good keys stay in force: {0}",
              e.getMessage());
    }
  }

  private void reloaded(KeyTable before, KeyTable next, Instant now) {
    if (next.withdrawsMoreThan(before)) {
      // First those that hold calls to the new keys; the log may fail.
      runtime.supervisor().run(SupervisedTask.KEY_FILE.label(), withdrawal);
    }
    logLoaded(next, now);
  }

  private static void logLoaded(KeyTable table, Instant now) {
    LOG.log(Level.INFO, "{0} API keys loaded, {1} of them live", table.size(), table.liveAt(now));
  }
}
