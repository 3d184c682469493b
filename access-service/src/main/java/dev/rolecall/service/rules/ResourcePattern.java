package dev.rolecall.service.rules;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.Alphabet;
import dev.rolecall.identity.internal.InvalidValue;
import dev.rolecall.policy.grant.ResourceName;
import java.util.stream.Stream;

/**
 * The resources that a rule offers: {@code orders/{region}} means those of two segments, of which
 * the first is {@code orders}. The name between braces is for people alone.
 *
 * @param text segments with one slash between them, each a literal or {@code {name}}
 */
public record ResourcePattern(String text) {

  /** The rule in words, as a message says it. */
  public static final String RULE =
      "segments with one / between them, each a literal of A-Z a-z 0-9 . _ ~ - or {name}; such as"
          + " orders/{region}";

  private static final Alphabet NAME = Alphabet.LOWER_AND_DIGITS.and(Alphabet.of("_-"));
  private static final int LONGEST = 200;
  private static final int LONGEST_NAME = 32;

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the text breaks the rule above
   */
  public ResourcePattern {
    requireNonNull(text, "text");
    if (text.length() > LONGEST
        || !Stream.of(text.split("/", -1)).allMatch(ResourcePattern::isSegment)) {
      throw InvalidValue.of("resources", text, RULE);
    }
  }

  private static boolean isSegment(String text) {
    return isVariable(text)
        ? NAME.spells(text.substring(1, text.length() - 1), 1, LONGEST_NAME)
        : ResourceName.isSegment(text);
  }

  private static boolean isVariable(String segment) {
    return segment.startsWith("{") && segment.endsWith("}");
  }

  /** Whether the resource is one of them. */
  public boolean matches(ResourceName resource) {
    String[] pattern = text.split("/", -1);
    String[] name = resource.value().split("/", -1);
    if (pattern.length != name.length) {
      return false;
    }
    for (int i = 0; i < pattern.length; i++) {
      if (!isVariable(pattern[i]) && !pattern[i].equals(name[i])) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return text;
  }
}
