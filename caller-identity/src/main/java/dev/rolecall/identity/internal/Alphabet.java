package dev.rolecall.identity.internal;

/**
 * A set of ASCII characters, with the checks that the readers make of a text. Each check is one
 * pass without allocation. Regular expressions take ten times as long, and a stranger who sends a
 * server credentials makes it read them.
 */
public final class Alphabet {

  /** The digits 0 to 9. */
  public static final Alphabet DIGITS = range('0', '9');

  /** Upper-case letters and digits. */
  public static final Alphabet UPPER_AND_DIGITS = range('A', 'Z').and(DIGITS);

  /** Lower-case letters and digits. */
  public static final Alphabet LOWER_AND_DIGITS = range('a', 'z').and(DIGITS);

  /** Hexadecimal digits in lower case. */
  public static final Alphabet LOWER_HEX = range('a', 'f').and(DIGITS);

  /** The 64 characters of base64url. */
  public static final Alphabet BASE64URL = range('a', 'z').and(UPPER_AND_DIGITS).and(of("-_"));

  private static final int ASCII = 128;

  private final boolean[] members;

  private Alphabet(boolean[] members) {
    this.members = members;
  }

  /** The characters from {@code first} to {@code last}, both included. */
  public static Alphabet range(char first, char last) {
    boolean[] members = new boolean[ASCII];
    for (char c = first; c <= last; c++) {
      members[c] = true;
    }
    return new Alphabet(members);
  }

  /** Those characters. */
  public static Alphabet of(String characters) {
    boolean[] members = new boolean[ASCII];
    for (int i = 0; i < characters.length(); i++) {
      members[characters.charAt(i)] = true;
    }
    return new Alphabet(members);
  }

  /** These characters and those. */
  public Alphabet and(Alphabet others) {
    boolean[] both = members.clone();
    for (int c = 0; c < ASCII; c++) {
      both[c] |= others.members[c];
    }
    return new Alphabet(both);
  }

  /** Whether that character is one of them. */
  public boolean has(char c) {
    return c < ASCII && members[c];
  }

  /** Whether the text has {@code least} to {@code most} characters, all of this alphabet. */
  public boolean spells(String text, int least, int most) {
    int length = text.length();
    return length >= least && length <= most && endOfRun(text, 0) == length;
  }

  /** The index of the first character from {@code from} on outside the set, or the length. */
  public int endOfRun(String text, int from) {
    int at = from;
    while (at < text.length() && has(text.charAt(at))) {
      at++;
    }
    return at;
  }
}
