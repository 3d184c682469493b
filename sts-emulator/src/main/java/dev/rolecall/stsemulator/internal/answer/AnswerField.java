package dev.rolecall.stsemulator.internal.answer;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** A field of an answer, before it is written as XML or JSON. */
public sealed interface AnswerField {

  /** The name of the field. */
  String name();

  /** The result of the arm's function. */
  default <T> T fold(Function<Text, T> text, Function<Time, T> time, Function<Group, T> group) {
    if (this instanceof Text value) {
      return text.apply(value);
    }
    if (this instanceof Time value) {
      return time.apply(value);
    }
    if (this instanceof Group value) {
      return group.apply(value);
    }
    throw new AssertionError();
  }

  /** A field that holds a text. */
  static AnswerField text(String name, String value) {
    return new Text(name, value);
  }

  /** A field that holds a time, written in whole seconds. */
  static AnswerField time(String name, Instant value) {
    return new Time(name, value);
  }

  /** A field that holds other fields. */
  static Group group(String name, AnswerField... fields) {
    return new Group(name, List.of(fields));
  }

  /**
   * A text. It may be a secret key or a session token: {@code toString} masks it.
   *
   * @param name the name of the field
   * @param value the text
   */
  record Text(String name, String value) implements AnswerField {
    @Override
    public String toString() {
      return name + "=****";
    }
  }

  /**
   * A time.
   *
   * @param name the name of the field
   * @param value the time
   */
  record Time(String name, Instant value) implements AnswerField {}

  /**
   * A group of fields.
   *
   * @param name the name of the group
   * @param fields its fields, in the order they are written
   */
  record Group(String name, List<AnswerField> fields) implements AnswerField {
    /** Copies the fields. */
    public Group {
      fields = List.copyOf(fields);
    }
  }
}
