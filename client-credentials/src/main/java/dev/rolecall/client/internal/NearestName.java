package dev.rolecall.client.internal;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that a mistyped one was probably meant to be. */
final class NearestName {

  private static final int MOST = 64;

  private NearestName() {}

  /** The known name within a third of the letters, the nearest; empty if there is none. */
  static Optional<String> to(String mistyped, Collection<String> known) {
    int allowed = Math.max(1, mistyped.length() / 3);
    return known.stream()
        .filter(name -> name.length() <= MOST && mistyped.length() <= MOST)
        .filter(name -> distance(mistyped, name) <= allowed)
        .min(Comparator.comparingInt(name -> distance(mistyped, name)));
  }

  /** Levenshtein's, without regard to case. */
  private static int distance(String one, String other) {
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int swapped = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(swapped, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
