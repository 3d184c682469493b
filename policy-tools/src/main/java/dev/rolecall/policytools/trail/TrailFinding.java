package dev.rolecall.policytools.trail;

import static java.util.Objects.requireNonNull;

/**
 * A finding about audit files.
 *
 * @param kind what it is about
 * @param file the file's name as it was given
 * @param line the line in it, from 1; 0 where it is about the whole file
 * @param words the finding in words; has no text of the file's
 */
public record TrailFinding(Kind kind, String file, long line, String words) {

  /** The kind of a finding. */
  public enum Kind {
    /** Numbers are missing within a trail. */
    GAP(true),
    /** A number comes twice. */
    REPEATED(true),
    /** Lines stand in another order than their numbers. */
    OUT_OF_ORDER(true),
    /** A line is not what its fingerprint is of. */
    EDITED(true),
    /** A line does not follow from the one before it, by their fingerprints. */
    CHAIN_BROKEN(true),
    /** A line is no numbered record. */
    NOT_A_RECORD(true),
    /** The beginning of a trail is missing. */
    NO_START(true),
    /** Lines of a trail follow its end. */
    AFTER_END(true),
    /** The trail that stood before another one is missing, or the end of it is. */
    TRAIL_BEFORE_MISSING(true),
    /** A file cannot be read to its end. */
    UNREADABLE(true),
    /** A trail has no end: its process was killed, or still runs. */
    NOT_CLOSED(false),
    /** A line was cut off by the end of a process. */
    CUT_LINE(false),
    /** The server could not write records, and said so. */
    RECORDS_LOST(false),
    /** The server deleted a file, as its options say. */
    FILE_DELETED(false);

    private final boolean isFault;

    Kind(boolean isFault) {
      this.isFault = isFault;
    }

    /** Whether the files are not whole because of it. */
    public boolean isFault() {
      return isFault;
    }
  }

  /** Checks that nothing is absent. */
  public TrailFinding {
    requireNonNull(kind, "kind");
    requireNonNull(file, "file");
    requireNonNull(words, "words");
  }
}
