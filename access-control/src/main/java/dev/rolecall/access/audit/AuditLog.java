package dev.rolecall.access.audit;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Clock;
import java.util.function.LongConsumer;

/**
 * A sink of the records of decisions.
 *
 * <p>Safe for use by many threads.
 */
@FunctionalInterface
public interface AuditLog extends AutoCloseable {

  /**
   * Takes one record. Runs on the thread that decides the call, often a transport's or a handler's:
   * it must not block, so a sink that writes to a disk or a network hands the record over to a
   * thread of its own. What it throws is logged and otherwise ignored: a call never fails because
   * its record could not be written.
   */
  void record(AuditRecord auditRecord);

  /**
   * Takes one record as its form and what differs. The guard calls this one, so that a log may keep
   * what it has made of the form. By default it makes the record and takes that.
   *
   * @param form the same for all calls by one remembered decision
   * @param millis the record's time, in milliseconds of the epoch
   * @param correlation the names of the request
   * @return false if the log counts the record as lost
   */
  default boolean record(RecordForm form, long millis, Correlation correlation) {
    record(form.at(millis, correlation));
    return true;
  }

  /**
   * The default sink: one JSON object a line, at INFO, to the logger {@code rolecall.audit}. Its
   * fields are OCSF 1.8's: API Activity (6003) where the caller is known, Authentication (3002)
   * where it is not.
   *
   * @see <a href="https://schema.ocsf.io/1.8.0/classes/api_activity">OCSF, API Activity</a>
   * @see <a href="https://schema.ocsf.io/1.8.0/classes/authentication">OCSF, Authentication</a>
   */
  static AuditLog toLogger() {
    System.Logger logger = System.getLogger("rolecall.audit");
    return auditRecord -> {
      if (logger.isLoggable(System.Logger.Level.INFO)) {
        logger.log(System.Logger.Level.INFO, OcsfJson.of(auditRecord));
      }
    };
  }

  /** The same by the rules of {@link AuditFileRules#ofDefaults}. */
  static AuditLog toFile(Path file) {
    return toFile(file, AuditFileRules.ofDefaults());
  }

  /**
   * A sink that appends to a file: one JSON object a line, as {@link #toLogger} has them. Its own
   * thread writes it, so the deciding thread never waits. Made with mode 0600 where it does not
   * exist. It may also be rotated by renaming it: the next record opens a new one. One process
   * writes one file.
   *
   * <p>Each line has its trail, which is this log's, and a number in it, {@code metadata.sequence}.
   * Numbers that are missing are lines that are missing. The first line opens the trail, and the
   * last one closes it.
   *
   * <p>Up to 65,536 records wait to be written. What finds no place or cannot be written is lost
   * and counted: as {@code rolecall.audit.records}, {@code lost}, in a line of the file that says
   * how many, and with a WARNING.
   *
   * @throws java.io.UncheckedIOException if it cannot be opened
   */
  static AuditLog toFile(Path file, AuditFileRules rules) {
    return AuditFile.open(
        requireNonNull(file, "file"),
        requireNonNull(rules, "rules"),
        Clock.systemUTC(),
        AuditFile.CAPACITY);
  }

  /**
   * Names the counter of records that this log takes and then loses. The guard calls it once,
   * before the first record. By default a log loses none.
   *
   * @param counter takes how many, on any thread; does not block
   */
  default void countLosses(LongConsumer counter) {}

  /**
   * Writes what it holds, and lets go of it. The guard that was given the log calls it after its
   * last record, and waits for it. By default it does nothing.
   */
  @Override
  default void close() {}
}
