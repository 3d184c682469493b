package dev.rolecall.policy.document.internal;

import dev.rolecall.identity.ClaimValue;
import dev.rolecall.policy.internal.Printable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the values of claims as JSON has them: texts, whole numbers, truths, lists and objects. */
public final class ClaimValueReader {

  private static final String COMPARABLE = "a text, a whole number, true or false";
  private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,18})");

  private final Remarks remarks;

  /** A reader that reports to {@code remarks}. */
  public ClaimValueReader(Remarks remarks) {
    this.remarks = remarks;
  }

  /** The value that {@code node} is, of any type; else its problem has been reported. */
  public Optional<ClaimValue> value(String what, Node node) {
    if (node instanceof Node.Items list) {
      List<ClaimValue> values = new ArrayList<>();
      list.items().forEach(item -> value(what, item).ifPresent(values::add));
      return Optional.of(new ClaimValue.Items(values));
    }
    if (node instanceof Node.Fields mapping) {
      return Optional.of(new ClaimValue.Members(members(what, mapping.fields())));
    }
    return comparable(what, node, "");
  }

  /** The members of an object by their names; what cannot be read has been reported. */
  public Map<String, ClaimValue> members(String what, List<Node.Field> fields) {
    Map<String, ClaimValue> values = new LinkedHashMap<>();
    FirstPlaces<String> firsts = new FirstPlaces<>(ProblemCode.REPEATED_KEY, remarks);
    for (Node.Field field : fields) {
      String name = field.key().value();
      if (firsts.take(
          name,
          field.key().at(),
          what + ": repeated key " + Printable.quoted(name),
          KnownKeys.ONCE)) {
        value(name, field.value()).ifPresent(value -> values.put(name, value));
      }
    }
    return values;
  }

  /**
   * The text, whole number or truth that {@code node} is; else its problem has been reported.
   *
   * @param hint what a message adds about what would be right
   */
  public Optional<ClaimValue> comparable(String what, Node node, String hint) {
    if (node instanceof Node.Unusable) {
      return Optional.empty();
    }
    if (node instanceof Node.Scalar scalar) {
      if (scalar.isString()) {
        return Optional.of(new ClaimValue.Text(scalar.value()));
      }
      Optional<ClaimValue> value = scalar.isNumber() ? whole(scalar.value()) : truth(scalar);
      if (value.isPresent()) {
        return value;
      }
    }
    remarks.problem(
        node.at(),
        ProblemCode.WRONG_TYPE,
        what + ": " + node.quoted() + " (expected: " + COMPARABLE + hint + inQuotes(node) + ")");
    return Optional.empty();
  }

  private static String inQuotes(Node node) {
    return node instanceof Node.Scalar scalar && !scalar.isNothing()
        ? "; a text in quotes: " + Printable.quoted(scalar.value())
        : "";
  }

  private static Optional<ClaimValue> whole(String text) {
    if (!WHOLE.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new ClaimValue.Whole(Long.parseLong(text)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<ClaimValue> truth(Node.Scalar scalar) {
    return switch (scalar.value()) {
      case "true" -> Optional.of(new ClaimValue.Truth(true));
      case "false" -> Optional.of(new ClaimValue.Truth(false));
      default -> Optional.empty();
    };
  }
}
