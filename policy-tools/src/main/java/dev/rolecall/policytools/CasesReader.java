package dev.rolecall.policytools;

import dev.rolecall.identity.Attributes;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.policy.Place;
import dev.rolecall.policy.document.internal.FieldReader;
import dev.rolecall.policy.document.internal.FirstPlaces;
import dev.rolecall.policy.document.internal.KnownKeys;
import dev.rolecall.policy.document.internal.Mapping;
import dev.rolecall.policy.document.internal.Node;
import dev.rolecall.policy.document.internal.ProblemCode;
import dev.rolecall.policy.document.internal.Remarks;
import dev.rolecall.policy.internal.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the meaning of a table of cases and reports all that is wrong with it. */
final class CasesReader {

  private static final KnownKeys TABLE = KnownKeys.of("cases");
  private static final KnownKeys CASE =
      KnownKeys.of(
          "caller",
          "method",
          "expect",
          AttributesReader.ATTRIBUTES,
          GrantsReader.GRANTS,
          StatedCallReader.HEADERS,
          StatedCallReader.ADDRESS);

  /** A call, which must not stand in a table twice: the second case would hide behind the first. */
  private record Question(CallerQuery caller, MethodPath method, StatedCall call) {

    /** The parts of it that are stated, in words. */
    String parts() {
      if (!caller.grants().isEmpty()) {
        return "caller, attributes, grants, method, headers and address";
      }
      if (!caller.attributes().isNone()) {
        return "caller, attributes, method, headers and address";
      }
      return call.isNone() ? "caller and method" : "caller, method, headers and address";
    }
  }

  private final Remarks remarks;
  private final FieldReader read;
  private final StatedCallReader calls;
  private final AttributesReader attributes;
  private final GrantsReader grants;
  private final FirstPlaces<Question> asked;

  CasesReader(Remarks remarks) {
    this.remarks = remarks;
    this.read = new FieldReader(remarks);
    this.calls = new StatedCallReader(remarks);
    this.attributes = new AttributesReader(remarks);
    this.grants = new GrantsReader(remarks);
    this.asked = new FirstPlaces<>(ProblemCode.REPEATED_CASE, remarks);
  }

  /** The cases; to be used only if no problem was found. */
  List<PolicyCase> read(Node root) {
    List<PolicyCase> cases = new ArrayList<>();
    read.mapping("the table", TABLE, root)
        .ifPresent(
            table -> {
              for (Node item : read.requiredList(table, "cases")) {
                read.mapping("a case", CASE, item).flatMap(this::policyCase).ifPresent(cases::add);
              }
            });
    return cases;
  }

  private Optional<PolicyCase> policyCase(Mapping mapping) {
    Attributes stated = attributes.attributes(mapping);
    List<StatedGrant> held = grants.grants(mapping);
    Optional<CallerQuery> caller =
        text("caller", mapping).flatMap(text -> caller(text, stated, held));
    Optional<MethodPath> method = text("method", mapping).flatMap(this::method);
    Optional<Answer> expected = text("expect", mapping).flatMap(this::expected);
    StatedCall call = calls.call(mapping);
    if (caller.isEmpty() || method.isEmpty() || expected.isEmpty()) {
      return Optional.empty();
    }
    checkAskedOnce(new Question(caller.get(), method.get(), call), mapping.at());
    return Optional.of(
        new PolicyCase(caller.get(), method.get(), call, expected.get(), mapping.at()));
  }

  /** A string and its place. */
  private record PlacedText(String value, Place at) {}

  private Optional<PlacedText> text(String key, Mapping mapping) {
    return read.required(mapping, key)
        .flatMap(node -> read.string(key, node).map(value -> new PlacedText(value, node.at())));
  }

  private Optional<CallerQuery> caller(PlacedText text, Attributes stated, List<StatedGrant> held) {
    try {
      return Optional.of(CallerQuery.parse(text.value()).with(stated).holding(held));
    } catch (IllegalArgumentException e) {
      remarks.problem(text.at(), ProblemCode.INVALID_CALLER, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private Optional<MethodPath> method(PlacedText text) {
    try {
      return Optional.of(MethodPath.parse(text.value()));
    } catch (IllegalArgumentException e) {
      remarks.problem(text.at(), ProblemCode.INVALID_METHOD, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private Optional<Answer> expected(PlacedText text) {
    for (Answer answer : Answer.values()) {
      if (answer.toString().equals(text.value())) {
        return Optional.of(answer);
      }
    }
    remarks.problem(
        text.at(),
        ProblemCode.INVALID_EXPECT,
        "expect: " + Printable.quoted(text.value()) + " (expected: allow, needs_grant or deny)");
    return Optional.empty();
  }

  private void checkAskedOnce(Question question, Place at) {
    asked.take(question, at, "a case of the same " + question.parts(), "one; it is at %s too");
  }
}
