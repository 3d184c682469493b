package dev.rolecall.service.rules.document;

import dev.rolecall.policy.document.internal.FieldReader;
import dev.rolecall.policy.document.internal.KnownKeys;
import dev.rolecall.policy.document.internal.Mapping;
import dev.rolecall.policy.document.internal.Node;
import dev.rolecall.policy.document.internal.ProblemCode;
import dev.rolecall.policy.document.internal.Remarks;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.policy.grant.ResourceName;
import dev.rolecall.policy.internal.InvalidValue;
import dev.rolecall.policy.internal.Nearest;
import dev.rolecall.service.failure.FailureReason;
import dev.rolecall.service.request.FreeText;
import dev.rolecall.service.rules.TimeSpan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the meaning of a table of cases and reports all that is wrong with it. */
final class CasesReader {

  private static final String ACCEPTED = "accepted";
  private static final String REFUSED = "refused";
  private static final KnownKeys TABLE = KnownKeys.of("cases");
  private static final KnownKeys CASE =
      KnownKeys.of(
          "caller",
          "beneficiary",
          "permission",
          "duration",
          "start_in",
          "resources",
          "ticket",
          "break_glass",
          "expect",
          "because",
          "reviewers",
          "not_reviewers");

  private final Remarks remarks;
  private final FieldReader read;
  private final ValueReader values;

  CasesReader(Remarks remarks) {
    this.remarks = remarks;
    this.read = new FieldReader(remarks);
    this.values = new ValueReader(remarks);
  }

  /** The cases; to be used only if no problem was found. */
  List<AccessCase> read(Node root) {
    List<AccessCase> cases = new ArrayList<>();
    read.mapping("the table", TABLE, root)
        .ifPresent(
            table -> {
              for (Node item : read.requiredList(table, "cases")) {
                read.mapping("a case", CASE, item).flatMap(this::one).ifPresent(cases::add);
              }
            });
    return cases;
  }

  private Optional<AccessCase> one(Mapping mapping) {
    Optional<String> caller =
        values.value(mapping, "caller", ProblemCode.INVALID_CALLER, text -> text);
    Optional<String> beneficiary =
        values.optional(mapping, "beneficiary", ProblemCode.INVALID_CALLER, text -> text);
    Optional<AccessCase.Asked> asked = asked(mapping);
    Optional<AccessCase.Expected> expected = expected(mapping);
    List<String> reviewers =
        values.list(mapping, "reviewers", ProblemCode.INVALID_CALLER, text -> text);
    List<String> notReviewers =
        values.list(mapping, "not_reviewers", ProblemCode.INVALID_CALLER, text -> text);
    if (caller.isEmpty() || asked.isEmpty() || expected.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new AccessCase(
            new AccessCase.Callers(caller.get(), beneficiary, reviewers, notReviewers),
            asked.get(),
            expected.get(),
            mapping.at()));
  }

  private Optional<AccessCase.Asked> asked(Mapping mapping) {
    Optional<PermissionName> permission =
        values.value(mapping, "permission", ProblemCode.INVALID_PERMISSION, PermissionName::of);
    Optional<Duration> duration =
        values.value(
            mapping,
            "duration",
            ProblemCode.INVALID_TIME,
            text -> aboveZero(TimeSpan.parse("duration", text)));
    Optional<Duration> startIn =
        values.optional(
            mapping,
            "start_in",
            ProblemCode.INVALID_TIME,
            text -> TimeSpan.parse("start_in", text));
    List<ResourceName> resources =
        values.list(mapping, "resources", ProblemCode.INVALID_RESOURCE, ResourceName::of);
    String ticket =
        values
            .optional(mapping, "ticket", ProblemCode.INVALID_TICKET, CasesReader::ticket)
            .orElse("");
    boolean emergency = isTrue(mapping, "break_glass");
    return permission.flatMap(
        name ->
            duration.map(
                time -> new AccessCase.Asked(name, time, startIn, resources, ticket, emergency)));
  }

  private static Duration aboveZero(Duration time) {
    if (time.isZero()) {
      throw InvalidValue.broken("duration", TimeSpan.text(time), "a time above zero");
    }
    return time;
  }

  private static String ticket(String text) {
    return FreeText.of(text).value();
  }

  private boolean isTrue(Mapping mapping, String key) {
    Optional<Node> node = read.optional(mapping, key);
    boolean yes = node.filter(found -> isWord(found, "true")).isPresent();
    if (node.isPresent() && !yes && !isWord(node.get(), "false")) {
      remarks.problem(
          node.get().at(),
          ProblemCode.WRONG_TYPE,
          key + ": " + node.get().quoted() + " (expected: true or false)");
    }
    return yes;
  }

  private static boolean isWord(Node node, String word) {
    return node instanceof Node.Scalar scalar && scalar.value().equals(word);
  }

  private Optional<AccessCase.Expected> expected(Mapping mapping) {
    Optional<Boolean> accepted =
        values.value(mapping, "expect", ProblemCode.INVALID_EXPECT, CasesReader::isAccepted);
    Optional<FailureReason> because =
        values.optional(mapping, "because", ProblemCode.INVALID_EXPECT, CasesReader::reason);
    if (because.isPresent() && accepted.equals(Optional.of(true))) {
      remarks.problem(
          mapping.at(),
          ProblemCode.INVALID_EXPECT,
          "because beside expect: accepted (expected: beside expect: refused)");
    }
    return accepted.map(yes -> new AccessCase.Expected(yes, because));
  }

  private static boolean isAccepted(String text) {
    if (!text.equals(ACCEPTED) && !text.equals(REFUSED)) {
      throw InvalidValue.broken("expect", text, "accepted or refused");
    }
    return text.equals(ACCEPTED);
  }

  private static FailureReason reason(String text) {
    List<String> names = Stream.of(FailureReason.values()).map(FailureReason::name).toList();
    if (!names.contains(text)) {
      throw InvalidValue.broken(
          "because", text, Nearest.to(text, names).orElse("a reason such as TICKET_REQUIRED"));
    }
    return FailureReason.valueOf(text);
  }
}
