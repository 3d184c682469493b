package dev.rolecall.policy.document.internal;

import dev.rolecall.policy.internal.Printable;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes the expected values from a structure, or reports what is there instead. */
public final class FieldReader {

  private final Remarks remarks;

  /** A reader that reports to {@code remarks}. */
  public FieldReader(Remarks remarks) {
    this.remarks = remarks;
  }

  /** The mapping that {@code node} is; else its problem has been reported. */
  public Optional<Node.Fields> mapping(String what, Node node) {
    if (node instanceof Node.Fields mapping) {
      return Optional.of(mapping);
    }
    unexpected(what, node, "a mapping");
    return Optional.empty();
  }

  /** The string that {@code node} is; else its problem has been reported. */
  public Optional<String> string(String what, Node node) {
    if (node instanceof Node.Scalar scalar && scalar.isString()) {
      return Optional.of(scalar.value());
    }
    unexpected(what, node, Node.Scalar.STRING);
    return Optional.empty();
  }

  /** The value of a key; else its problem has been reported. */
  public Optional<Node> required(
      String what, String key, Node.Fields mapping, Map<String, Node.Field> fields) {
    Optional<Node> value = Optional.ofNullable(fields.get(key)).map(Node.Field::value);
    if (value.isEmpty()) {
      remarks.problem(
          mapping.at(),
          what + " has no " + Printable.quoted(key) + " (expected: a " + key + " key)");
    }
    return value;
  }

  /** The items of a list that may be left out, but not left empty. */
  public List<Node> optionalList(String key, Map<String, Node.Field> fields) {
    return Optional.ofNullable(fields.get(key))
        .map(field -> list(key, field.value()))
        .orElse(List.of());
  }

  /** The items of a list that may be left out no more than left empty. */
  public List<Node> requiredList(
      String what, String key, Node.Fields mapping, Map<String, Node.Field> fields) {
    return required(what, key, mapping, fields).map(node -> list(key, node)).orElse(List.of());
  }

  /** The items of the list {@code inner} of the mapping {@code outer}; neither may be left out. */
  public List<Node> listUnder(
      String what,
      String outer,
      KnownKeys outerKeys,
      String inner,
      Node.Fields mapping,
      Map<String, Node.Field> fields) {
    return required(what, outer, mapping, fields)
        .flatMap(node -> mapping(outer, node))
        .map(found -> requiredList(outer, inner, found, outerKeys.fieldsOf(found, remarks)))
        .orElse(List.of());
  }

  private List<Node> list(String what, Node node) {
    if (node instanceof Node.Items list && !list.items().isEmpty()) {
      return list.items();
    }
    unexpected(what, node, "a list of at least one");
    return List.of();
  }

  private void unexpected(String what, Node node, String expected) {
    if (node instanceof Node.Unusable) {
      return;
    }
    String value =
        node instanceof Node.Scalar scalar && !scalar.value().isEmpty()
            ? Printable.quoted(scalar.value()) + " is " + scalar.kind()
            : node.kind();
    remarks.problem(node.at(), what + ": " + value + " (expected: " + expected + ")");
  }
}
