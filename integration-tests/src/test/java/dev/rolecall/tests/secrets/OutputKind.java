package dev.rolecall.tests.secrets;

import java.util.Locale;

/** The ways in which something gets to where people can read it. */
public enum OutputKind {
  /** A line of the log. */
  LOG,
  /** What a client is told: status, trailers, details. */
  STATUS,
  /** An exception with its causes, and what it suppressed. */
  EXCEPTION,
  /** The {@code toString} of something that travels. */
  OBJECT,
  /** A record of a decision. */
  AUDIT,
  /** A metric with its attributes, values and exemplars. */
  METRIC,
  /** A span with its attributes and events. */
  SPAN,
  /** Standard output or standard error. */
  STREAM,
  /** What another process wrote. */
  PROCESS,
  /** A report of Surefire's: failures, and what tests printed. */
  REPORT;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
