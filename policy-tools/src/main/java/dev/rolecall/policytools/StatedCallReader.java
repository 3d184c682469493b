package dev.rolecall.policytools;

import dev.rolecall.policy.document.internal.FieldReader;
import dev.rolecall.policy.document.internal.Mapping;
import dev.rolecall.policy.document.internal.Node;
import dev.rolecall.policy.document.internal.ProblemCode;
import dev.rolecall.policy.document.internal.Remarks;
import dev.rolecall.policy.internal.Printable;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Reads the headers and the address that a case states; both may be left out. */
final class StatedCallReader {

  static final String HEADERS = "headers";
  static final String ADDRESS = "address";

  private final Remarks remarks;
  private final FieldReader read;

  StatedCallReader(Remarks remarks) {
    this.remarks = remarks;
    this.read = new FieldReader(remarks);
  }

  /** The call; without what has a problem, which has been reported. */
  StatedCall call(Mapping mapping) {
    StatedCall call = StatedCall.none();
    Optional<Node> address = read.optional(mapping, ADDRESS);
    if (address.isPresent()) {
      Optional<String> text = read.string(ADDRESS, address.get());
      if (text.isPresent()) {
        call =
            checked(
                address.get(), ProblemCode.INVALID_ADDRESS, call, known -> known.from(text.get()));
      }
    }
    Optional<Node> headers = read.optional(mapping, HEADERS);
    List<Node.Field> fields = headers.map(node -> read.fields(HEADERS, node)).orElse(List.of());
    for (Node.Field field : fields) {
      Optional<String> value = read.string("header " + field.key().value(), field.value());
      if (value.isPresent()) {
        call = withHeader(call, field, value.get());
      }
    }
    return call;
  }

  private StatedCall withHeader(StatedCall call, Node.Field field, String value) {
    String name = field.key().value();
    boolean repeated =
        call.headers().keySet().stream().anyMatch(known -> known.value().equals(name));
    if (repeated) {
      remarks.problem(
          field.key().at(),
          ProblemCode.REPEATED_KEY,
          "repeated key " + Printable.quoted(name) + " (expected: once, its values joined by ,)");
      return call;
    }
    return checked(
        field.key(), ProblemCode.INVALID_HEADER, call, known -> known.withHeader(name, value));
  }

  private StatedCall checked(
      Node at, ProblemCode code, StatedCall call, UnaryOperator<StatedCall> change) {
    try {
      return change.apply(call);
    } catch (IllegalArgumentException e) {
      remarks.problem(at.at(), code, String.valueOf(e.getMessage()));
      return call;
    }
  }
}
