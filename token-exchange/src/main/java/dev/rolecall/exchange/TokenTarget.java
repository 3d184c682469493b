package dev.rolecall.exchange;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.Alphabet;
import dev.rolecall.identity.internal.InvalidValue;

/**
 * The one service that a token is for: the claim {@code aud}. A client names it as {@code audience}
 * or as {@code resource}, which is a URI.
 *
 * @param name 1 to 255 characters of {@code [A-Za-z0-9._~:/@-]}
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8693#section-2.1">RFC 8693, section 2.1</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8707#section-2">RFC 8707, section 2, resource</a>
 */
record TokenTarget(String name) {

  static final String EXPECTED = "1 to 255 characters of A-Z a-z 0-9 . _ ~ : / @ -";

  private static final int LONGEST = 255;
  private static final Alphabet NAME =
      Alphabet.range('a', 'z').and(Alphabet.UPPER_AND_DIGITS).and(Alphabet.of("._~:/@-"));
  private static final Alphabet SCHEME = Alphabet.LOWER_AND_DIGITS.and(Alphabet.of("+.-"));

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the name breaks the rule above
   */
  TokenTarget {
    requireNonNull(name, "name");
    if (!isName(name)) {
      throw InvalidValue.of("audience", name, EXPECTED);
    }
  }

  /** Whether the text is the name of one. */
  static boolean isName(String text) {
    return NAME.spells(text, 1, LONGEST);
  }

  /** Whether the text is one and an absolute URI. */
  static boolean isResource(String text) {
    int colon = text.indexOf(':');
    return isName(text)
        && colon > 0
        && colon < text.length() - 1
        && SCHEME.spells(text.substring(0, colon), 1, LONGEST);
  }

  /** The name as a policy has it: each slash is written {@code %2F}. Two names never become one. */
  String inPolicy() {
    return name.replace("/", "%2F");
  }

  @Override
  public String toString() {
    return name;
  }
}
