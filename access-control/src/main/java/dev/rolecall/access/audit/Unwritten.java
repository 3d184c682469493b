package dev.rolecall.access.audit;

/** The content of lines that are not in the file yet, counted. For one thread at a time. */
final class Unwritten {

  /** The records. */
  long records;

  /** The decisions that have a number there: those of the records, and lost ones. */
  long numbers;

  /** The lost ones among those. */
  long lost;

  /** The deleted files that a line tells of. */
  int deleted;

  void clear() {
    records = 0;
    numbers = 0;
    lost = 0;
    deleted = 0;
  }
}
