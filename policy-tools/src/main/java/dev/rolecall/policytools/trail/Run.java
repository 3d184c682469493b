package dev.rolecall.policytools.trail;

/** Lines of one trail that follow one another, in one file: their first and their last. */
final class Run {

  final String file;
  final long line;
  final NumberedLine first;
  NumberedLine last;
  long lastLine;

  Run(String file, long line, NumberedLine first) {
    this.file = file;
    this.line = line;
    this.first = first;
    this.last = first;
    this.lastLine = line;
  }

  /** Whether that line goes on where the run ends. */
  boolean isFollowedBy(NumberedLine next) {
    return next.trail().equals(last.trail())
        && next.first() == last.sequence() + 1
        && !last.is("trail_closed");
  }

  void add(long number, NumberedLine next) {
    last = next;
    lastLine = number;
  }

  /** The first number. */
  long from() {
    return first.first();
  }

  /** The last number. */
  long to() {
    return last.sequence();
  }
}
