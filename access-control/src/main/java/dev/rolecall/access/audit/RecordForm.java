package dev.rolecall.access.audit;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The part that many records have in common: all but their time and the names of the request. The
 * guard makes one for each decision that it remembers, and a log may keep what it has made of it.
 *
 * <p>Safe for use by many threads.
 */
public final class RecordForm {

  private final AuditRecord sample;

  /** Made by the first that needs it. Two may make it at once: they are alike. */
  private volatile @Nullable LineForm line;

  /** The form of records like that one. */
  public RecordForm(AuditRecord sample) {
    this.sample = requireNonNull(sample, "sample");
  }

  /**
   * The record of that form.
   *
   * @param millis its time, in milliseconds of the epoch
   * @param correlation the names of its request
   */
  public AuditRecord at(long millis, Correlation correlation) {
    if (millis == sample.time().toEpochMilli()
        && correlation.equals(sample.origin().correlation())) {
      return sample;
    }
    return new AuditRecord(
        Instant.ofEpochMilli(millis),
        sample.method(),
        sample.origin().with(correlation),
        sample.outcome(),
        sample.leftOut());
  }

  /** How many decisions each of its records stands for: its own and those left out. */
  long decisions() {
    return 1 + sample.leftOut().count();
  }

  LineForm line() {
    LineForm made = line;
    if (made == null) {
      made = OcsfJson.form(sample);
      line = made;
    }
    return made;
  }
}
