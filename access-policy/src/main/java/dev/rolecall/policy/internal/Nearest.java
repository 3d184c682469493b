package dev.rolecall.policy.internal;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The search for the known word that a mistyped one was most likely meant to be. */
public final class Nearest {

  /** How many letters may be wrong for a word to be taken for a slip of a known one. */
  private static final int SLIP = 3;

  /** A word this long is no slip, and the distance takes time that grows with it. */
  private static final int LONGEST = 200;

  private Nearest() {}

  /** The known word nearest to {@code written}; empty if none is near. */
  public static Optional<String> to(String written, Collection<String> known) {
    return written.length() > LONGEST
        ? Optional.empty()
        : known.stream()
            .filter(word -> isNear(word, written))
            .min(Comparator.comparingInt(word -> distance(word, written)));
  }

  private static boolean isNear(String word, String written) {
    int most = Math.min(SLIP, word.length() / 2);
    return Math.abs(word.length() - written.length()) <= most && distance(word, written) <= most;
  }

  /** Letters to change, add or leave out to get from one to the other (Levenshtein). */
  private static int distance(String from, String to) {
    int[] before = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      before[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] row = new int[to.length() + 1];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int change = before[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, 1 + Math.min(before[j], row[j - 1]));
      }
      before = row;
    }
    return before[to.length()];
  }
}
