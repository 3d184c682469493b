package dev.rolecall.access.audit;

import java.util.Locale;

/** The end that a call would have had, had it not been admitted instead of refused. */
public enum WouldHave {
  /** Refused, before its handler saw it. */
  REFUSED,
  /** Ended, while its handler was at work. */
  ENDED;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The word in records and metrics. */
  public String label() {
    return label;
  }
}
