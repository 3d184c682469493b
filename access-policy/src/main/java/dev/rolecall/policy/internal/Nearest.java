package dev.rolecall.policy.internal;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
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
            .min(Comparator.comparingInt(word -> distance(word, written)))
            .or(() -> onlyOneThatBegins(written, known));
  }

  /**
   * Whether one letter to change, add, leave out or swap with the next makes the one of the other.
   */
  public static boolean isOneLetterAway(String one, String other) {
    return Math.abs(one.length() - other.length()) <= 1
        && one.length() <= LONGEST
        && distance(one, other) == 1;
  }

  private static Optional<String> onlyOneThatBegins(String written, Collection<String> known) {
    List<String> longer =
        written.length() < SLIP
            ? List.of()
            : known.stream().filter(word -> word.startsWith(written)).distinct().toList();
    return longer.size() == 1 ? Optional.of(longer.get(0)) : Optional.empty();
  }

  private static boolean isNear(String word, String written) {
    int most = Math.min(SLIP, word.length() / 2);
    return Math.abs(word.length() - written.length()) <= most && distance(word, written) <= most;
  }

  /** Letters to change, add, leave out or swap with the next, to get from one to the other. */
  private static int distance(String from, String to) {
    int[] beforeLast = new int[to.length() + 1];
    int[] last = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] row = new int[to.length() + 1];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int change = last[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, 1 + Math.min(last[j], row[j - 1]));
        if (isSwapped(from, i, to, j)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      beforeLast = last;
      last = row;
    }
    return last[to.length()];
  }

  /**
   * Whether the two letters before {@code i} and {@code j} are the same ones the other way round.
   */
  private static boolean isSwapped(String from, int i, String to, int j) {
    return i > 1
        && j > 1
        && from.charAt(i - 1) == to.charAt(j - 2)
        && from.charAt(i - 2) == to.charAt(j - 1);
  }
}
