package dev.rolecall.cli.audit;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.rolecall.policytools.trail.TrailFinding;
import dev.rolecall.policytools.trail.TrailReport;
import java.io.IOException;
import java.util.function.Predicate;

/** The report of a check as fields of one object, for scripts. */
record VerifyJson(TrailReport report, Predicate<TrailFinding> isFault) {

  void writeTo(JsonGenerator json) throws IOException {
    json.writeBooleanField(
        "whole", report.trails() > 0 && report.findings().stream().noneMatch(isFault));
    json.writeNumberField("trails", report.trails());
    json.writeNumberField("lines", report.lines());
    json.writeNumberField("left_out", report.leftOut());
    json.writeNumberField("lost", report.lost());
    json.writeArrayFieldStart("findings");
    for (TrailFinding each : report.findings()) {
      json.writeStartObject();
      json.writeStringField("kind", AuditVerifyCommand.word(each.kind()));
      json.writeBooleanField("fault", isFault.test(each));
      json.writeStringField("file", each.file());
      json.writeNumberField("line", each.line());
      json.writeStringField("words", each.words());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
