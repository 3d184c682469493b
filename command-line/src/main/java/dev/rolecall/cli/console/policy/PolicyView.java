package dev.rolecall.cli.console.policy;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.rolecall.cli.report.CheckRemark;
import dev.rolecall.cli.report.ConditionWords;
import dev.rolecall.cli.terminal.JsonOutput;
import dev.rolecall.identity.Principal;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.Place;
import dev.rolecall.policy.PolicyRule;
import dev.rolecall.policy.document.PolicyReading;
import dev.rolecall.policytools.compare.PolicyMatrix;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A policy as the page shows it: its rules as written, and its answers as a table. */
final class PolicyView {

  /** A larger table helps no reader. */
  private static final int MOST_CELLS = 20_000;

  private PolicyView() {}

  /** Writes the fields of a reading. */
  static void write(JsonGenerator json, PolicyReading reading) throws IOException {
    Optional<PolicyReading.Loaded> loaded =
        reading.fold(Optional::of, rejected -> Optional.empty());
    writeRemarks(
        json,
        reading.fold(
            read -> read.notes().stream().map(CheckRemark::of),
            rejected -> rejected.problems().stream().map(CheckRemark::of)));
    if (loaded.isPresent()) {
      write(json, loaded.get().policy());
    }
  }

  private static void writeRemarks(JsonGenerator json, Stream<CheckRemark> remarks)
      throws IOException {
    json.writeArrayFieldStart("problems");
    for (CheckRemark remark : remarks.toList()) {
      json.writeStartObject();
      json.writeStringField("severity", remark.isError() ? "ERROR" : "WARNING");
      if (remark.at().isPresent()) {
        json.writeNumberField("line", remark.at().get().line());
        json.writeNumberField("column", remark.at().get().column());
      }
      json.writeStringField("message", remark.message());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, AccessPolicy policy) throws IOException {
    json.writeStringField("name", policy.name());
    JsonOutput.texts(
        json,
        "public",
        policy.publicMethods().stream().map(path -> path.pattern().text()).toList());
    json.writeArrayFieldStart("rules");
    for (PolicyRule rule : policy.rules()) {
      write(json, rule);
    }
    json.writeEndArray();
    Optional<PolicyMatrix> matrix = PolicyMatrix.of(policy, MOST_CELLS);
    if (matrix.isPresent()) {
      write(json, matrix.get());
    }
  }

  private static void write(JsonGenerator json, PolicyMatrix matrix) throws IOException {
    List<PolicyMatrix.Row> rows = matrix.rows();
    List<PolicyMatrix.Column> columns = matrix.columns();
    JsonOutput.texts(json, "callers", rows.stream().map(row -> row.pattern().toString()).toList());
    JsonOutput.texts(
        json,
        "askCallers",
        rows.stream()
            .map(row -> row.askedAs().map(Principal::text).orElse(row.pattern().toString()))
            .toList());
    JsonOutput.texts(json, "methods", columns.stream().map(each -> each.pattern().text()).toList());
    JsonOutput.texts(
        json, "askMethods", columns.stream().map(each -> each.askedAs().value()).toList());
    json.writeArrayFieldStart("matrix");
    for (List<PolicyMatrix.Cell> row : matrix.cells()) {
      json.writeStartArray();
      for (PolicyMatrix.Cell cell : row) {
        json.writeStartObject();
        json.writeStringField("answer", cell.mark().name().toLowerCase(Locale.ROOT));
        json.writeStringField("rule", String.join(", ", cell.rules()));
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, PolicyRule rule) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", rule.name().value());
    json.writeStringField("section", rule.denies() ? "deny" : "allow");
    Optional<Place> at = rule.at();
    if (at.isPresent()) {
      json.writeNumberField("line", at.get().position().line());
    }
    JsonOutput.texts(json, "principals", rule.principals().stream().map(Object::toString).toList());
    JsonOutput.texts(
        json, "paths", rule.paths().stream().map(path -> path.pattern().text()).toList());
    json.writeStringField("conditions", ConditionWords.of(rule));
    json.writeStringField("grant", rule.source().grant().map(Object::toString).orElse(""));
    json.writeEndObject();
  }
}
