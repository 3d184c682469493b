package dev.rolecall.service.rules.document;

import dev.rolecall.policy.Place;
import dev.rolecall.policy.document.internal.FieldReader;
import dev.rolecall.policy.document.internal.Mapping;
import dev.rolecall.policy.document.internal.Node;
import dev.rolecall.policy.document.internal.ProblemCode;
import dev.rolecall.policy.document.internal.Remarks;
import dev.rolecall.policy.internal.Printable;
import dev.rolecall.service.rules.TimeSpan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads single values: times, numbers, and texts with a rule. Reports all that is wrong. */
final class ValueReader {

  /** A text and its place. */
  record Text(String value, Place at) {}

  private final Remarks remarks;
  private final FieldReader read;

  ValueReader(Remarks remarks) {
    this.remarks = remarks;
    this.read = new FieldReader(remarks);
  }

  /** The text under a key that may not be left out; else its problem has been reported. */
  Optional<Text> text(Mapping mapping, String key) {
    return read.required(mapping, key)
        .flatMap(node -> read.string(key, node).map(value -> new Text(value, node.at())));
  }

  /** The value of a text; else its problem, the message of the exception, has been reported. */
  <T> Optional<T> value(Text text, ProblemCode code, Function<String, T> parse) {
    try {
      return Optional.of(parse.apply(text.value()));
    } catch (IllegalArgumentException e) {
      remarks.problem(text.at(), code, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** The value of the text under a key that may not be left out. */
  <T> Optional<T> value(Mapping mapping, String key, ProblemCode code, Function<String, T> parse) {
    return text(mapping, key).flatMap(text -> value(text, code, parse));
  }

  /** The value of the text under a key that may be left out; empty if it has a problem, too. */
  <T> Optional<T> optional(
      Mapping mapping, String key, ProblemCode code, Function<String, T> parse) {
    return read.optional(mapping, key)
        .flatMap(
            node ->
                read.string(key, node)
                    .flatMap(text -> value(new Text(text, node.at()), code, parse)));
  }

  /** The values of a list of texts that may be left out; without those that have a problem. */
  <T> List<T> list(Mapping mapping, String key, ProblemCode code, Function<String, T> parse) {
    return read.strings(
        key, read.optionalList(mapping, key), (text, at) -> value(new Text(text, at), code, parse));
  }

  /** The time under a key that may not be left out, within those bounds. */
  Optional<Duration> requiredTime(Mapping mapping, String key, Duration least, Duration most) {
    return read.required(mapping, key).flatMap(node -> time(mapping, key, least, most));
  }

  /** The time under a key that may be left out, within those bounds. */
  Optional<Duration> time(Mapping mapping, String key, Duration least, Duration most) {
    return optional(mapping, key, ProblemCode.INVALID_TIME, text -> TimeSpan.parse(key, text))
        .flatMap(time -> within(mapping, key, time, least, most));
  }

  private Optional<Duration> within(
      Mapping mapping, String key, Duration time, Duration least, Duration most) {
    if (time.compareTo(least) >= 0 && time.compareTo(most) <= 0) {
      return Optional.of(time);
    }
    remarks.problem(
        read.optional(mapping, key).map(Node::at).orElse(mapping.at()),
        ProblemCode.INVALID_TIME,
        key
            + ": "
            + TimeSpan.text(time)
            + " (expected: "
            + TimeSpan.text(least)
            + " to "
            + TimeSpan.text(most)
            + ")");
    return Optional.empty();
  }

  /** The whole number under a key that may be left out, within those bounds. */
  int number(Mapping mapping, String key, int least, int most, int otherwise) {
    Optional<Node> node = read.optional(mapping, key);
    if (node.isEmpty()) {
      return otherwise;
    }
    if (node.get() instanceof Node.Scalar scalar && scalar.value().matches("\\d{1,6}")) {
      int number = Integer.parseInt(scalar.value());
      if (number >= least && number <= most) {
        return number;
      }
    }
    if (!(node.get() instanceof Node.Unusable)) {
      remarks.problem(
          node.get().at(),
          ProblemCode.INVALID_NUMBER,
          key
              + ": "
              + (node.get() instanceof Node.Scalar scalar
                  ? Printable.quoted(scalar.value())
                  : node.get().kind())
              + " (expected: "
              + least
              + " to "
              + most
              + ")");
    }
    return otherwise;
  }
}
