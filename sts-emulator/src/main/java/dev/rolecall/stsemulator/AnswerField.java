package dev.rolecall.stsemulator;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** One field of an answer, before it is XML or JSON. */
sealed interface AnswerField {

  String name();

  <T> T fold(Function<Text, T> text, Function<Time, T> time, Function<Group, T> group);

  static AnswerField text(String name, String value) {
    return new Text(name, value);
  }

  static AnswerField time(String name, Instant value) {
    return new Time(name, value);
  }

  static Group group(String name, AnswerField... fields) {
    return new Group(name, List.of(fields));
  }

  /** May hold a secret key or a session token, so it never prints its value. */
  record Text(String name, String value) implements AnswerField {
    @Override
    public <T> T fold(Function<Text, T> text, Function<Time, T> time, Function<Group, T> group) {
      return text.apply(this);
    }

    @Override
    public String toString() {
      return name + "=****";
    }
  }

  record Time(String name, Instant value) implements AnswerField {
    @Override
    public <T> T fold(Function<Text, T> text, Function<Time, T> time, Function<Group, T> group) {
      return time.apply(this);
    }
  }

  record Group(String name, List<AnswerField> fields) implements AnswerField {
    @Override
    public <T> T fold(Function<Text, T> text, Function<Time, T> time, Function<Group, T> group) {
      return group.apply(this);
    }
  }
}
