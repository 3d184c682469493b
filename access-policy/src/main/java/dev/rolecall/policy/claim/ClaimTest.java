package dev.rolecall.policy.claim;

import dev.rolecall.identity.ClaimValue;
import dev.rolecall.policy.internal.InvalidValue;
import dev.rolecall.policy.internal.Printable;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The values of a claim that a rule means. Texts, whole numbers and truths are compared with their
 * own type only: the text {@code "1"} is not the number 1. Case counts.
 */
public sealed interface ClaimTest {

  /** The form of a text in words, as a message says it. */
  String EXPECTED = "1 to 1000 characters, none of them a control character";

  /** The most values of one test. */
  int MOST = 1_000;

  /** Calls the function of the arm this is. */
  default <T> T fold(
      Function<AnyOf, T> anyOf, Function<Contains, T> contains, Function<Prefix, T> prefix) {
    if (this instanceof AnyOf values) {
      return anyOf.apply(values);
    }
    if (this instanceof Contains element) {
      return contains.apply(element);
    }
    if (this instanceof Prefix start) {
      return prefix.apply(start);
    }
    throw new AssertionError();
  }

  /**
   * The outcome for the value of a caller.
   *
   * @param value the value; empty if the caller has none
   */
  Outcome of(Optional<ClaimValue> value);

  /** The test for that text. */
  static ClaimTest equalTo(String value) {
    return new AnyOf(Set.of(new ClaimValue.Text(value)));
  }

  /** The test for that number. */
  static ClaimTest equalTo(long value) {
    return new AnyOf(Set.of(new ClaimValue.Whole(value)));
  }

  /** The test for that truth. */
  static ClaimTest equalTo(boolean value) {
    return new AnyOf(Set.of(new ClaimValue.Truth(value)));
  }

  /** The test for one of those texts. */
  static ClaimTest anyOf(String... values) {
    return new AnyOf(
        Stream.of(values)
            .map(ClaimValue.Text::new)
            .collect(Collectors.toCollection(LinkedHashSet::new)));
  }

  /** The test for a list with that text in it. */
  static ClaimTest containing(String element) {
    return new Contains(new ClaimValue.Text(element));
  }

  /** The test for texts that start so. */
  static ClaimTest startingWith(String prefix) {
    return new Prefix(prefix);
  }

  /** A value as a message writes it: a text in quotes, a number or truth without. */
  static String inWords(ClaimValue value) {
    if (value instanceof ClaimValue.Text text) {
      return Printable.quoted(text.value());
    }
    if (value instanceof ClaimValue.Whole whole) {
      return Long.toString(whole.value());
    }
    if (value instanceof ClaimValue.Truth truth) {
      return Boolean.toString(truth.value());
    }
    if (value instanceof ClaimValue.Items items) {
      return items.values().stream()
          .map(ClaimTest::inWords)
          .collect(Collectors.joining(", ", "[", "]"));
    }
    return value instanceof ClaimValue.Members
        ? "an object"
        : "a value that no rule compares, such as null or a fraction";
  }

  private static void checkComparable(ClaimValue value) {
    if (value instanceof ClaimValue.Text text) {
      checkText(text.value());
    } else if (!(value instanceof ClaimValue.Whole) && !(value instanceof ClaimValue.Truth)) {
      throw new IllegalArgumentException(
          "claim value: " + inWords(value) + " (expected: a text, a whole number, true or false)");
    }
  }

  private static void checkText(String text) {
    if (text.isEmpty() || text.length() > MOST || text.chars().anyMatch(Character::isISOControl)) {
      throw InvalidValue.broken("claim value", text, EXPECTED);
    }
  }

  /**
   * One of some values.
   *
   * @param values texts, whole numbers and truths; 1 to 1,000
   */
  record AnyOf(Set<ClaimValue> values) implements ClaimTest {
    /**
     * Checks the values, and keeps their order.
     *
     * @throws IllegalArgumentException if one is not comparable, or there are too few or too many
     */
    public AnyOf {
      values = Collections.unmodifiableSet(new LinkedHashSet<>(values));
      if (values.isEmpty() || values.size() > MOST) {
        throw new IllegalArgumentException(
            "claim: " + values.size() + " values (expected: 1 to " + MOST + ")");
      }
      values.forEach(ClaimTest::checkComparable);
    }

    @Override
    public Outcome of(Optional<ClaimValue> value) {
      if (value.isEmpty()) {
        return Outcome.UNKNOWN;
      }
      return values.contains(value.get()) ? Outcome.MET : other(value.get().getClass());
    }

    private Outcome other(Class<? extends ClaimValue> type) {
      for (ClaimValue each : values) {
        if (each.getClass() == type) {
          return Outcome.UNMET;
        }
      }
      return Outcome.UNKNOWN;
    }

    /** The values with {@code or} between them. */
    @Override
    public String toString() {
      return values.stream().map(ClaimTest::inWords).collect(Collectors.joining(" or "));
    }
  }

  /**
   * A list with an element that equals a value.
   *
   * @param element a text, a whole number or a truth
   */
  record Contains(ClaimValue element) implements ClaimTest {
    /**
     * Checks the element.
     *
     * @throws IllegalArgumentException if it is not comparable
     */
    public Contains {
      checkComparable(element);
    }

    @Override
    public Outcome of(Optional<ClaimValue> value) {
      return value.orElse(null) instanceof ClaimValue.Items items
          ? Outcome.met(items.values().contains(element))
          : Outcome.UNKNOWN;
    }

    @Override
    public String toString() {
      return "a list with " + inWords(element);
    }
  }

  /**
   * A text that starts so.
   *
   * @param start the start; not empty
   */
  record Prefix(String start) implements ClaimTest {
    /**
     * Checks the start.
     *
     * @throws IllegalArgumentException if no text of a rule is like that
     */
    public Prefix {
      checkText(start);
    }

    @Override
    public Outcome of(Optional<ClaimValue> value) {
      return value.orElse(null) instanceof ClaimValue.Text text
          ? Outcome.met(text.value().startsWith(start))
          : Outcome.UNKNOWN;
    }

    @Override
    public String toString() {
      return "a text that starts with " + Printable.quoted(start);
    }
  }

  /** The values that the test names, in their order; of a prefix itself. */
  default List<ClaimValue> named() {
    return fold(
        anyOf -> List.copyOf(anyOf.values()),
        contains -> List.of(contains.element()),
        prefix -> List.of(new ClaimValue.Text(prefix.start())));
  }
}
