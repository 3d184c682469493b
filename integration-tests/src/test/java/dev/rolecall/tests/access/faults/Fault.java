package dev.rolecall.tests.access.faults;

/**
 * A fault of the run.
 *
 * @param kind what was done
 * @param from when it was begun
 * @param undone when its cause was over
 * @param to when each server knew of all news again
 */
record Fault(Kind kind, long from, long undone, long to) {

  /** The kinds of faults. */
  enum Kind {
    /** A node was killed with -9, and started again. */
    NODE_KILLED,
    /** A node was frozen for 20 s. */
    NODE_FROZEN,
    /** The database was killed, and started again. */
    DATABASE_CRASHED,
    /** The database was stopped in order, and started again. */
    DATABASE_RESTARTED,
    /** All connections to the database were broken. */
    DATABASE_CUT,
    /** All feeds were broken, several times. */
    FEEDS_CUT,
    /** The feeds of some servers were away for 10 s. */
    FEEDS_AWAY
  }

  /** For people. */
  @Override
  public String toString() {
    return kind
        + " from "
        + RunTime.text(from)
        + " to "
        + RunTime.text(undone)
        + ", whole again after "
        + RunTime.text(to - undone);
  }
}
