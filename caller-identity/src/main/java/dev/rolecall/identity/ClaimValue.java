package dev.rolecall.identity;

import java.util.List;
import java.util.Map;

/**
 * The value of a claim of a verified credential, as JSON has it. An immutable value. A value of one
 * type never equals one of another: the text {@code "1"} is not the number 1.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259#section-3">RFC 8259, section 3</a>
 */
public sealed interface ClaimValue {

  /**
   * A string.
   *
   * @param value the string
   */
  record Text(String value) implements ClaimValue {}

  /**
   * A whole number.
   *
   * @param value the number
   */
  record Whole(long value) implements ClaimValue {}

  /**
   * True or false.
   *
   * @param value which of them
   */
  record Truth(boolean value) implements ClaimValue {}

  /**
   * An array.
   *
   * @param values its values, in order
   */
  record Items(List<ClaimValue> values) implements ClaimValue {
    /** Copies. */
    public Items {
      values = List.copyOf(values);
    }
  }

  /**
   * An object.
   *
   * @param values its members by name
   */
  record Members(Map<String, ClaimValue> values) implements ClaimValue {
    /** Copies. */
    public Members {
      values = Map.copyOf(values);
    }
  }

  /** A value that no rule compares: null, a fraction, or a number beyond 64 bits. */
  enum Other implements ClaimValue {
    /** The only one. */
    INSTANCE
  }
}
