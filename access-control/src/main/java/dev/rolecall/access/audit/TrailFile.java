package dev.rolecall.access.audit;

import dev.rolecall.access.internal.file.AppendedFile;
import dev.rolecall.access.internal.file.FileRotation;
import dev.rolecall.access.internal.file.TrailPlace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The file of a trail: turns records into numbered lines and appends them, rotates the file and
 * writes down what was lost. For one thread at a time. Blocks.
 */
final class TrailFile {

  /** Lines are appended once there are as many bytes. */
  private static final int BATCH = 1 << 18;

  private final AuditFileRules rules;
  private final Clock clock;
  private final AppendedFile file;
  private final FileRotation rotation;
  private final Trail trail;
  private final Optional<TrailPlace> before;
  private final LineBuffer lines = new LineBuffer(BATCH + (1 << 16));

  /** The files that were deleted, which no line says yet, by the last place in each. */
  private final List<Optional<TrailPlace>> deleted = new ArrayList<>();

  /** The numbers that were lost, which no line says yet. */
  private long lost;

  private final Unwritten unwritten = new Unwritten();

  private TrailFile(
      AppendedFile file, Path path, AuditFileRules rules, Clock clock, RandomGenerator random)
      throws IOException {
    this.rules = rules;
    this.clock = clock;
    this.file = file;
    this.rotation = new FileRotation(path.toAbsolutePath());
    this.trail = new Trail(random, rules.hashChained());
    this.before = rotation.lastPlace();
  }

  /** Opens the file, and makes it where it does not exist. */
  static TrailFile open(Path path, AuditFileRules rules, Clock clock, RandomGenerator random)
      throws IOException {
    AppendedFile file = AppendedFile.open(path);
    try {
      return new TrailFile(file, path, rules, clock, random);
    } catch (IOException | RuntimeException | Error e) {
      file.close();
      throw e;
    }
  }

  /** These decisions have no line of their own: the next that is written says so. */
  void lose(long decisions) {
    lost += decisions;
  }

  /**
   * Adds a record, and appends the lines if there are many.
   *
   * @return how many decisions a line of the file now says are lost
   * @throws WriteFailure if they cannot be appended
   */
  long add(QueuedRecord made) throws WriteFailure {
    LineForm form = made.form().line();
    begin(made.millis());
    trail.add(lines, form, made.millis(), made.correlation(), made.form().decisions());
    unwritten.records++;
    unwritten.numbers += made.form().decisions();
    return lines.length() >= BATCH ? append() : 0;
  }

  /** Adds what has to stand before the next record. */
  private void begin(long millis) {
    if (trail.isEmpty()) {
      trail.add(lines, TrailEvents.opened(before, rules), millis, Correlation.NONE, 1);
    }
    if (lost > 0) {
      trail.add(lines, TrailEvents.lost(lost), millis, Correlation.NONE, lost + 1);
      unwritten.numbers += lost;
      unwritten.lost += lost;
      lost = 0;
    }
    while (unwritten.deleted < deleted.size()) {
      LineForm line = TrailEvents.deleted(deleted.get(unwritten.deleted++));
      trail.add(lines, line, millis, Correlation.NONE, 1);
    }
  }

  /**
   * Appends what was added, and what was lost.
   *
   * @return how many decisions a line of the file now says are lost
   * @throws WriteFailure if it cannot be appended
   */
  long flush() throws WriteFailure {
    if (lost > 0 || !deleted.isEmpty()) {
      begin(clock.millis());
    }
    return append();
  }

  /** Appends the lines, and rotates the file where that is due. */
  private long append() throws WriteFailure {
    if (lines.length() == 0) {
      return 0;
    }
    long told = unwritten.lost;
    try {
      file.append(lines.view(), rules.syncedOnFlush());
      trail.keep();
      deleted.subList(0, unwritten.deleted).clear();
    } catch (IOException | RuntimeException | Error e) {
      trail.undo();
      lost += unwritten.numbers;
      throw new WriteFailure(unwritten.records, e);
    } finally {
      lines.cutTo(0);
      unwritten.clear();
    }
    if (rules.rotatedAt() > 0 && file.size() >= rules.rotatedAt()) {
      rotate();
    }
    return told;
  }

  private void rotate() throws WriteFailure {
    try {
      file.close();
      deleted.addAll(rotation.rotate(rules.keeping()));
    } catch (IOException e) {
      throw new WriteFailure(0, e);
    }
  }

  /** Ends the trail, and closes the file. */
  void close() throws WriteFailure {
    try {
      begin(clock.millis());
      trail.add(lines, TrailEvents.closed(), clock.millis(), Correlation.NONE, 1);
      append();
    } finally {
      file.close();
    }
  }

  /** The lines could not be appended; they are lost. */
  static final class WriteFailure extends Exception {

    private static final long serialVersionUID = 1;

    private final long records;

    WriteFailure(long records, Throwable cause) {
      super(cause);
      this.records = records;
    }

    /** How many records were in them. */
    long records() {
      return records;
    }
  }
}
