package dev.rolecall.service.rules;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.Alphabet;
import dev.rolecall.identity.internal.InvalidValue;

/**
 * The tickets that a rule takes: a text, or the beginning of one and {@code *} at its end. Case
 * counts. No regular expression, since the text it is compared with is a stranger's.
 *
 * @param text 1 to 100 printable ASCII characters without a space, such as {@code OPS-*}
 */
public record TicketPattern(String text) {

  /** The rule in words, as a message says it. */
  public static final String RULE =
      "1 to 100 printable ASCII characters without a space, at most one * at the end";

  private static final Alphabet CHARACTERS = Alphabet.range('!', '~');
  private static final int LONGEST = 100;

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the text breaks the rule above
   */
  public TicketPattern {
    requireNonNull(text, "text");
    int star = text.indexOf('*');
    if (!CHARACTERS.spells(text, 1, LONGEST) || (star >= 0 && star != text.length() - 1)) {
      throw InvalidValue.of("tickets", text, RULE);
    }
  }

  /** Whether the ticket is one of them. The star stands for at least one character. */
  public boolean matches(String ticket) {
    if (!text.endsWith("*")) {
      return ticket.equals(text);
    }
    String start = text.substring(0, text.length() - 1);
    return ticket.startsWith(start) && ticket.length() > start.length();
  }

  @Override
  public String toString() {
    return text;
  }
}
