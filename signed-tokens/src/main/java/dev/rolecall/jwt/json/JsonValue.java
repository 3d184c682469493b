package dev.rolecall.jwt.json;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.Alphabet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An immutable value of JSON. {@code toString} of each arm tells its kind and size and no content,
 * since values come from tokens.
 */
public sealed interface JsonValue {

  /** The answers of a caller to each kind of value. */
  interface Cases<T> {

    /** The answer to a text. */
    T text(String value);

    /** The answer to a whole number of 64 bits. */
    T whole(long value);

    /** The answer to any other number, as it is written. */
    T fraction(String literal);

    /** The answer to true or false. */
    T truth(boolean value);

    /** The answer to null. */
    T nothing();

    /** The answer to a list. */
    T items(List<JsonValue> values);

    /** The answer to an object. */
    T members(Members members);
  }

  /** Asks the case of the arm this is. */
  <T> T fold(Cases<T> cases);

  /**
   * A text.
   *
   * @param value well-formed UTF-16: a read text holds no lone surrogate
   */
  record Text(String value) implements JsonValue {
    /** Checks that nothing is absent. */
    public Text {
      requireNonNull(value, "value");
    }

    @Override
    public <T> T fold(Cases<T> cases) {
      return cases.text(value);
    }

    @Override
    public String toString() {
      return "Text[****]";
    }
  }

  /**
   * A whole number, written without fraction and exponent.
   *
   * @param value a number of 64 bits
   */
  record Whole(long value) implements JsonValue {
    @Override
    public <T> T fold(Cases<T> cases) {
      return cases.whole(value);
    }

    @Override
    public String toString() {
      return "Whole[****]";
    }
  }

  /**
   * A number with a fraction or an exponent, or beyond 64 bits. It is never computed, so an
   * exponent of nine digits costs nothing.
   *
   * @param literal the number as it is written: of the characters of a number in JSON
   */
  record Fraction(String literal) implements JsonValue {

    private static final Alphabet OF_NUMBERS = Alphabet.DIGITS.and(Alphabet.of("+-.eE"));
    private static final int LONGEST = 1_000;

    /**
     * Checks the characters.
     *
     * @throws IllegalArgumentException if there is another, or none, or more than 1,000
     */
    public Fraction {
      if (!OF_NUMBERS.spells(literal, 1, LONGEST)) {
        throw new IllegalArgumentException("a number (expected: as JSON writes it)");
      }
    }

    @Override
    public <T> T fold(Cases<T> cases) {
      return cases.fraction(literal);
    }

    @Override
    public String toString() {
      return "Fraction[****]";
    }
  }

  /**
   * True or false.
   *
   * @param value which of both
   */
  record Truth(boolean value) implements JsonValue {
    @Override
    public <T> T fold(Cases<T> cases) {
      return cases.truth(value);
    }

    @Override
    public String toString() {
      return "Truth[****]";
    }
  }

  /** The value null. */
  record Nothing() implements JsonValue {
    @Override
    public <T> T fold(Cases<T> cases) {
      return cases.nothing();
    }
  }

  /**
   * A list.
   *
   * @param values its items in order
   */
  record Items(List<JsonValue> values) implements JsonValue {
    /** Copies the list. */
    public Items {
      values = List.copyOf(values);
    }

    @Override
    public <T> T fold(Cases<T> cases) {
      return cases.items(values);
    }

    @Override
    public String toString() {
      return "Items[" + values.size() + "]";
    }
  }

  /**
   * An object. Each name stands once.
   *
   * @param values its members in order
   */
  record Members(Map<String, JsonValue> values) implements JsonValue {
    /** Copies the map in its order. */
    public Members {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
      values.forEach((name, value) -> requireNonNull(value, requireNonNull(name, "name")));
    }

    /** The member of that name. */
    public Optional<JsonValue> get(String name) {
      return Optional.ofNullable(values.get(name));
    }

    /** Whether there is a member of that name, null included. */
    public boolean has(String name) {
      return values.containsKey(name);
    }

    /** The text of that name; empty if the member is absent or no text. */
    public Optional<String> text(String name) {
      return values.get(name) instanceof Text text ? Optional.of(text.value()) : Optional.empty();
    }

    /** The whole number of that name; empty if the member is absent or no whole number. */
    public Optional<Long> whole(String name) {
      return values.get(name) instanceof Whole number
          ? Optional.of(number.value())
          : Optional.empty();
    }

    /** The object as JSON in UTF-8, without spaces and in the order of the members. */
    public byte[] toJson() {
      return JsonWriter.write(this);
    }

    @Override
    public <T> T fold(Cases<T> cases) {
      return cases.members(this);
    }

    @Override
    public String toString() {
      return "Members[" + values.size() + "]";
    }
  }
}
