package dev.rolecall.policy.document.internal;

import dev.rolecall.policy.Place;
import dev.rolecall.policy.internal.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** Takes the expected values from a structure, or reports what is there instead. */
public final class FieldReader {

  /** The beginnings of principals that a space would make the keys of mappings. */
  private static final Set<String> PREFIXES =
      Set.of("group", "key", "sso", "arn", "oidc", "client", "spiffe", "dns");

  private static final String LIST = "a list of at least one";

  private final Remarks remarks;

  /** A reader that reports to {@code remarks}. */
  public FieldReader(Remarks remarks) {
    this.remarks = remarks;
  }

  /**
   * The mapping that {@code node} is; else its problem has been reported. Unknown and repeated keys
   * are reported too.
   *
   * @param what the mapping, as a message says it
   */
  public Optional<Mapping> mapping(String what, KnownKeys keys, Node node) {
    if (node instanceof Node.Fields fields) {
      return Optional.of(new Mapping(what, node.at(), keys.fieldsOf(fields, remarks)));
    }
    unexpected(what, node, "a mapping");
    return Optional.empty();
  }

  /**
   * The fields of a mapping with keys of any name, in the order they are written; none if {@code
   * node} is no mapping or an empty one, which has been reported.
   */
  public List<Node.Field> fields(String what, Node node) {
    if (node instanceof Node.Fields mapping && !mapping.fields().isEmpty()) {
      return mapping.fields();
    }
    unexpected(what, node, "a mapping of at least one");
    return List.of();
  }

  /** The string that {@code node} is; else its problem has been reported. */
  public Optional<String> string(String what, Node node) {
    if (node instanceof Node.Scalar scalar && scalar.isString()) {
      return Optional.of(scalar.value());
    }
    unexpected(what, node, Node.Scalar.STRING);
    return Optional.empty();
  }

  /**
   * What is made of each string among {@code items}; what is none, or nothing is made of, has been
   * reported.
   *
   * @param what an item, as a message says it
   * @param parse makes a value of the text and its place
   */
  public <T> List<T> strings(
      String what, List<Node> items, BiFunction<String, Place, Optional<T>> parse) {
    List<T> values = new ArrayList<>();
    for (Node item : items) {
      string(what, item).flatMap(text -> parse.apply(text, item.at())).ifPresent(values::add);
    }
    return values;
  }

  /** The value of a key that may be left out. */
  public Optional<Node> optional(Mapping mapping, String key) {
    return Optional.ofNullable(mapping.fields().get(key)).map(Node.Field::value);
  }

  /** The value of a key; else its problem has been reported. */
  public Optional<Node> required(Mapping mapping, String key) {
    Optional<Node> value = optional(mapping, key);
    if (value.isEmpty()) {
      remarks.problem(
          mapping.at(),
          ProblemCode.MISSING_KEY,
          mapping.what() + " has no " + Printable.quoted(key) + " (expected: a " + key + " key)");
    }
    return value;
  }

  /** The mapping under a key that may not be left out. */
  public Optional<Mapping> requiredMapping(Mapping mapping, String key, KnownKeys keys) {
    return required(mapping, key).flatMap(node -> mapping(key, keys, node));
  }

  /** The items of a list that may be left out, but not left empty. */
  public List<Node> optionalList(Mapping mapping, String key) {
    return optional(mapping, key).map(node -> list(key, node)).orElse(List.of());
  }

  /** The items of a list that may neither be left out nor left empty. */
  public List<Node> requiredList(Mapping mapping, String key) {
    return required(mapping, key).map(node -> list(key, node)).orElse(List.of());
  }

  /** The entries of a mapping whose keys are free, which may be left out, but not left empty. */
  public List<Node.Field> optionalEntries(Mapping mapping, String key) {
    return optional(mapping, key).map(node -> entries(key, node)).orElse(List.of());
  }

  private List<Node.Field> entries(String what, Node node) {
    if (node instanceof Node.Fields mapping && !mapping.fields().isEmpty()) {
      return mapping.fields();
    }
    unexpected(what, node, "a mapping of at least one");
    return List.of();
  }

  /** The items of the list that {@code node} is, at least one; else its problem is reported. */
  public List<Node> list(String what, Node node) {
    if (node instanceof Node.Items list && !list.items().isEmpty()) {
      return list.items();
    }
    unexpected(what, node, LIST);
    return List.of();
  }

  private void unexpected(String what, Node node, String expected) {
    if (node instanceof Node.Unusable) {
      return;
    }
    remarks.problem(
        node.at(),
        ProblemCode.WRONG_TYPE,
        what + ": " + node.quoted() + " (expected: " + expected + example(node, expected) + ")");
  }

  /** The value as it would be right, where it is but a matter of spelling. */
  private static String example(Node node, String expected) {
    if (node instanceof Node.Scalar scalar && !scalar.isNothing()) {
      if (expected.equals(Node.Scalar.STRING)) {
        return scalar.isNumber() ? ", in quotes: " + Printable.quoted(scalar.value()) : "";
      }
      return expected.equals(LIST) ? ", such as [" + Printable.quoted(scalar.value()) + "]" : "";
    }
    if (node instanceof Node.Fields mapping
        && expected.equals(Node.Scalar.STRING)
        && mapping.fields().size() == 1
        && PREFIXES.contains(mapping.fields().get(0).key().value())
        && mapping.fields().get(0).value() instanceof Node.Scalar value) {
      String key = mapping.fields().get(0).key().value();
      return ", without the space: " + Printable.quoted(key + ":" + value.value());
    }
    return "";
  }
}
