package dev.rolecall.cli.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.rolecall.policy.Position;
import dev.rolecall.policy.document.PolicyNote;
import dev.rolecall.policy.document.PolicyProblem;
import dev.rolecall.policytools.UnknownAlias;
import dev.rolecall.policytools.UnmatchedPath;
import java.io.IOException;
import java.util.Optional;

/**
 * A remark of a check on a file, such as a policy.
 *
 * @param file the file, as it was named
 * @param at the place in it; empty if it could not be read at all
 * @param code the kind of remark, a stable word
 * @param message the value and what would be right
 * @param isError whether it makes the file wrong, and is no mere note
 */
public record CheckRemark(
    String file, Optional<Position> at, String code, String message, boolean isError) {

  /** An error. */
  public static CheckRemark of(PolicyProblem problem) {
    return new CheckRemark(problem.source(), problem.at(), problem.code(), problem.message(), true);
  }

  /** A note. */
  public static CheckRemark of(PolicyNote note) {
    return new CheckRemark(
        note.at().source(), Optional.of(note.at().position()), note.code(), note.message(), false);
  }

  /** An error of a rule of that policy. */
  public static CheckRemark of(String policy, UnmatchedPath unmatched) {
    return new CheckRemark(
        unmatched.at().map(at -> at.source()).orElse(policy),
        unmatched.at().map(at -> at.position()),
        UnmatchedPath.CODE,
        unmatched.message(),
        true);
  }

  /** An error of a rule of that policy. */
  public static CheckRemark of(String policy, UnknownAlias unknown) {
    return new CheckRemark(
        unknown.at().map(at -> at.source()).orElse(policy),
        unknown.at().map(at -> at.position()),
        UnknownAlias.CODE,
        unknown.message(),
        true);
  }

  /** A file that cannot be read. */
  public static CheckRemark unreadable(String file, String message) {
    return new CheckRemark(file, Optional.empty(), "unreadable", message, true);
  }

  /** Writes its fields. */
  public void writeTo(JsonGenerator json) throws IOException {
    json.writeStringField("file", file);
    if (at.isPresent()) {
      json.writeNumberField("line", at.get().line());
      json.writeNumberField("column", at.get().column());
    }
    json.writeStringField("code", code);
    json.writeStringField("message", message);
    json.writeStringField("severity", isError ? "error" : "note");
  }

  /** One line, such as {@code orders.yaml:7:22: ...}. */
  @Override
  public String toString() {
    String place = file + at.map(position -> ":" + position).orElse("");
    return (isError ? "" : "note: ") + place + ": " + message;
  }
}
