package dev.rolecall.apikeys;

import java.util.Locale;

/** The state of a key at some time. */
public enum KeyState {
  /** It is good. */
  LIVE,
  /** Its time is over. */
  EXPIRED,
  /** It was disabled. */
  DISABLED;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The word for tables and JSON. */
  public String label() {
    return label;
  }
}
