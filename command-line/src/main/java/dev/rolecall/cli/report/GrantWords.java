package dev.rolecall.cli.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.rolecall.cli.terminal.JsonOutput;
import dev.rolecall.policytools.Answer;
import dev.rolecall.policytools.NeededGrants;
import dev.rolecall.policytools.StatedGrant;
import dev.rolecall.policytools.compare.AnswerChange;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The words for grants, those that a call needs and those that a caller is stated to hold. */
public final class GrantWords {

  private GrantWords() {}

  /** One choice of grants, each with its rule and what keeps the call from meeting it. */
  public static String of(List<NeededGrants.One> choice) {
    return choice.stream().map(GrantWords::of).collect(Collectors.joining("; or "));
  }

  private static String of(NeededGrants.One one) {
    return one.inWords()
        + ", by rule \""
        + one.rule().name()
        + "\""
        + one.rule().at().map(at -> " at " + at).orElse("")
        + one.unusable().stream()
            .map(header -> ", where header " + header + " names no resource")
            .collect(Collectors.joining());
  }

  /** The meaning of a change after which a grant is needed, or before which it was; else empty. */
  public static Optional<String> of(AnswerChange change) {
    boolean needed = change.before().answer() == Answer.NEEDS_GRANT;
    boolean needs = change.after().answer() == Answer.NEEDS_GRANT;
    if (!needed && !needs) {
      return Optional.empty();
    }
    String what;
    if (needed && needs) {
      what = "other grants are needed";
    } else if (needs) {
      what =
          change.before().answer() == Answer.ALLOW
              ? "a grant is needed now"
              : "a grant would allow it now";
    } else {
      what =
          change.after().answer() == Answer.ALLOW
              ? "no grant is needed any more"
              : "no grant would allow it any more";
    }
    return Optional.of(change.effect() + ": " + what);
  }

  /** Writes the grants that are needed, if there are any, as a field of the object that is open. */
  public static void write(JsonGenerator json, NeededGrants needed) throws IOException {
    if (needed.isNone()) {
      return;
    }
    json.writeArrayFieldStart("needs_grants");
    for (List<NeededGrants.One> choice : needed.choices()) {
      json.writeStartArray();
      for (NeededGrants.One one : choice) {
        json.writeStartObject();
        json.writeStringField("permission", one.requirement().permission().value());
        if (one.requirement().resource().isPresent()) {
          json.writeStringField(
              "resource",
              one.resource()
                  .map(Object::toString)
                  .orElse(one.requirement().resource().get().toString()));
        }
        json.writeStringField("rule", one.rule().name().value());
        json.writeBooleanField("held", one.isHeld());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  /** Writes the grants that are stated, if there are any, as a field of the object that is open. */
  public static void write(JsonGenerator json, List<StatedGrant> held) throws IOException {
    if (!held.isEmpty()) {
      JsonOutput.texts(json, "grants", held.stream().map(StatedGrant::toString).toList());
    }
  }
}
