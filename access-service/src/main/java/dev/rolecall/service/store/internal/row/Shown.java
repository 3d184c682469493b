package dev.rolecall.service.store.internal.row;

import dev.rolecall.identity.internal.InvalidValue;
import java.time.Instant;

/** Values as sentences to callers show them. */
public final class Shown {

  private Shown() {}

  public static String of(String text) {
    return InvalidValue.printable(text);
  }

  public static String of(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }
}
