package dev.rolecall.access.audit;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.DaemonThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * A log in a file, one JSON object a line. Its own thread writes it, from a bounded queue.
 *
 * <p>A record that finds no place in the queue, or cannot be written, is lost and counted: by the
 * metrics, in a line of the file once it can be written again, and with a WARNING.
 */
final class AuditFile implements AuditLog {

  /** Some megabytes at most: a second or so of a busy server. */
  static final int CAPACITY = 8_192;

  private static final int BATCH = 512;
  private static final Duration IDLE = Duration.ofMillis(100);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);
  private static final System.Logger LOG = System.getLogger("rolecall.access");

  private final AppendedFile file;
  private final BlockingQueue<AuditRecord> queue;
  private final AtomicLong lost = new AtomicLong();
  private final Thread writer;
  private volatile LongConsumer losses = count -> {};
  private volatile boolean closed;

  /** Only the writer's: whether the last write failed. */
  private boolean failing;

  private AuditFile(AppendedFile file, int capacity) {
    this.file = file;
    this.queue = new ArrayBlockingQueue<>(capacity);
    this.writer = new DaemonThreads("rolecall-audit-file-").newThread(this::writeUntilClosed);
  }

  /**
   * Opens the file.
   *
   * @throws UncheckedIOException if it cannot be opened
   */
  static AuditFile open(Path path, int capacity) {
    try {
      AuditFile opened = new AuditFile(AppendedFile.open(path), capacity);
      opened.writer.start();
      return opened;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void record(AuditRecord auditRecord) {
    if (closed || !queue.offer(requireNonNull(auditRecord, "auditRecord"))) {
      throw notTaken();
    }
    if (closed && queue.remove(auditRecord)) {
      // The writer may have ended between the two.
      throw notTaken();
    }
  }

  private RejectedExecutionException notTaken() {
    lost.incrementAndGet();
    return new RejectedExecutionException(
        closed
            ? "the audit file is closed"
            : "the audit file is written too slowly, and its queue is full");
  }

  @Override
  public void countLosses(LongConsumer counter) {
    this.losses = requireNonNull(counter, "counter");
  }

  private void writeUntilClosed() {
    List<AuditRecord> batch = new ArrayList<>(BATCH);
    while (!closed || !queue.isEmpty()) {
      try {
        AuditRecord first = queue.poll(IDLE.toNanos(), TimeUnit.NANOSECONDS);
        if (first != null) {
          batch.add(first);
          queue.drainTo(batch, BATCH - 1);
          write(batch);
        }
      } catch (InterruptedException e) {
        // Not ours: close says when this ends, and what is queued is written first.
        LOG.log(Level.DEBUG, "the audit file's thread was interrupted, and goes on", e);
      } catch (RuntimeException | Error e) {
        lose(batch.size(), e);
      } finally {
        batch.clear();
      }
    }
    file.close();
  }

  private void write(List<AuditRecord> batch) {
    long before = lost.getAndSet(0);
    try {
      StringBuilder lines = new StringBuilder(batch.size() * 600);
      if (before > 0) {
        lines.append(LostRecordsJson.of(before, batch.get(0).time())).append('\n');
      }
      for (AuditRecord each : batch) {
        lines.append(OcsfJson.of(each)).append('\n');
      }
      file.append(lines.toString());
    } catch (IOException | RuntimeException | Error e) {
      lost.addAndGet(before);
      lose(batch.size(), e);
      return;
    }
    failing = false;
    if (before > 0) {
      LOG.log(Level.WARNING, "{0} audit records were lost; the audit file says so too", before);
    }
  }

  private void lose(int records, Throwable why) {
    lost.addAndGet(records);
    if (!failing) {
      failing = true;
      LOG.log(Level.WARNING, "the audit file cannot be written; records are lost and counted", why);
    }
    try {
      losses.accept(records);
    } catch (RuntimeException | Error e) {
      // Going on is safe: the file and the log say what was lost.
      LOG.log(Level.DEBUG, "lost audit records could not be counted", e);
    }
  }

  /** Waits until what is queued is written, for five seconds at most. */
  @Override
  public void close() {
    closed = true;
    try {
      writer.join(LONGEST_CLOSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    long unwritten = queue.size() + lost.get();
    if (unwritten > 0) {
      LOG.log(Level.WARNING, "{0} audit records were lost at the end", unwritten);
    }
  }
}
