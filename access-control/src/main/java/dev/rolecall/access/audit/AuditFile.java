package dev.rolecall.access.audit;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.audit.TrailFile.WriteFailure;
import dev.rolecall.access.internal.file.Uninterrupted;
import dev.rolecall.identity.internal.DaemonThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * A log in a file. The threads that decide put records into a bounded ring, and never wait. One
 * thread of its own takes them out, many at a time, and writes them.
 *
 * <p>That thread looks for records once in {@link AuditFileRules#flushedWithin}. It is woken only
 * when the ring is half full. A record that finds no place, or cannot be written, is lost and
 * counted: by the metrics, in a line of the file once it can be written again, and with a WARNING.
 */
final class AuditFile implements AuditLog {

  /** The records of a second and more of a busy server; some megabytes at most. */
  static final int CAPACITY = 1 << 16;

  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);
  private static final System.Logger LOG = System.getLogger("rolecall.access");

  private final TrailFile file;
  private final RecordRing<QueuedRecord> ring;
  private final long rest;
  private final AtomicLong dropped = new AtomicLong();
  private final Thread writer;
  private volatile LongConsumer losses = count -> {};
  private volatile boolean closed;
  private volatile boolean ended;

  private final LossWarnings warnings = new LossWarnings();

  private AuditFile(TrailFile file, int capacity, Duration rest) {
    this.file = file;
    this.ring = new RecordRing<>(capacity);
    this.rest = rest.toNanos();
    this.writer = new DaemonThreads("rolecall-audit-file-").newThread(this::writeUntilClosed);
  }

  /**
   * Opens the file.
   *
   * @param capacity how many records may wait; a power of two
   * @throws UncheckedIOException if it cannot be opened
   */
  static AuditFile open(Path path, AuditFileRules rules, Clock clock, int capacity) {
    try {
      TrailFile file = TrailFile.open(path, rules, clock, new SecureRandom());
      AuditFile opened = new AuditFile(file, capacity, rules.flushedWithin());
      opened.writer.start();
      return opened;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void record(AuditRecord made) {
    record(new RecordForm(made), made.time().toEpochMilli(), made.origin().correlation());
  }

  @Override
  public boolean record(RecordForm form, long millis, Correlation correlation) {
    requireNonNull(form, "form");
    if (closed || !ring.offer(new QueuedRecord(form, millis, correlation)) || ended) {
      lose(form);
      return false;
    }
    if (ring.isHalfFull()) {
      LockSupport.unpark(writer);
    }
    return true;
  }

  private void lose(RecordForm form) {
    dropped.addAndGet(form.decisions());
    count(1);
  }

  private void count(long records) {
    try {
      losses.accept(records);
    } catch (RuntimeException | Error e) {
      // Going on is safe: the file and the log say what was lost.
      LOG.log(Level.DEBUG, "lost audit records could not be counted", e);
    }
  }

  @Override
  public void countLosses(LongConsumer counter) {
    this.losses = requireNonNull(counter, "counter");
  }

  private void writeUntilClosed() {
    boolean last;
    do {
      last = closed;
      write();
      if (!last) {
        LockSupport.parkNanos(this, rest);
      }
    } while (!last);
    try {
      file.close();
    } catch (WriteFailure e) {
      failed(e);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.WARNING, "the audit file could not be closed", e);
    }
    ended = true;
  }

  /** Writes what is in the ring, and what comes meanwhile. */
  private void write() {
    try {
      file.lose(dropped.getAndSet(0));
      long told = 0;
      for (QueuedRecord next = ring.poll(); next != null; next = ring.poll()) {
        told += add(next);
      }
      warnings.wrote(told + file.flush());
    } catch (WriteFailure e) {
      failed(e);
    } catch (RuntimeException | Error e) {
      // Going on is safe: what was lost is counted, and the next look tries again.
      LOG.log(Level.WARNING, "the audit file failed", e);
    }
  }

  private long add(QueuedRecord next) {
    try {
      return file.add(next);
    } catch (WriteFailure e) {
      failed(e);
    } catch (RuntimeException | Error e) {
      // Its line could not be made, and nothing of it is in the file.
      file.lose(next.form().decisions());
      warnings.failed(e);
      count(1);
    }
    return 0;
  }

  private void failed(WriteFailure failure) {
    warnings.failed(requireNonNull(failure.getCause()));
    if (failure.records() > 0) {
      count(failure.records());
    }
  }

  /** Waits until what is queued is written, for five seconds at most, interrupted or not. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(writer);
    Uninterrupted.join(writer, LONGEST_CLOSE);
    long unwritten = ring.size() + dropped.get();
    if (unwritten > 0) {
      LOG.log(Level.WARNING, "{0} audit records were lost at the end", unwritten);
    }
  }
}
