package dev.rolecall.policytools.suggest;

import dev.rolecall.policytools.internal.RecordFields;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One audit record, as its line has it. A peer may have chosen the method; no word of it is checked
 * yet.
 *
 * @param time when the server decided
 * @param fields the scalar values of the record, by their path, such as {@code unmapped.method}
 */
record AuditLine(Instant time, Map<String, String> fields) {

  private static final String DECISION = "unmapped.decision";
  private static final Instant FIRST = Instant.EPOCH;
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  /** The record of that line; empty if the line is no record. */
  static Optional<AuditLine> read(byte[] line, int length) {
    return RecordFields.of(line, length)
        .filter(fields -> fields.containsKey(DECISION))
        .flatMap(fields -> time(fields).map(time -> new AuditLine(time, fields)));
  }

  private static Optional<Instant> time(Map<String, String> fields) {
    try {
      Instant time = Instant.ofEpochMilli(Long.parseLong(fields.getOrDefault("time", "")));
      return time.isBefore(FIRST) || time.isAfter(LAST) ? Optional.empty() : Optional.of(time);
    } catch (NumberFormatException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private String field(String path) {
    return fields.getOrDefault(path, "");
  }

  /** The word for the decision. */
  String decision() {
    return field(DECISION);
  }

  /** The method's full name, with a slash before it. */
  String method() {
    return "/" + field("unmapped.method");
  }

  /** The caller's text; {@code unknown} where the server did not know it. */
  String caller() {
    return field("actor.user.name");
  }

  /** The text of the party that acted for the caller; empty if it acted for itself. */
  Optional<String> actor() {
    return Optional.ofNullable(fields.get("unmapped.actors.0"));
  }

  /** The permission that the call needs a grant of; empty if it needs none. */
  String permission() {
    return field("unmapped.permission");
  }

  /** The peer's address; empty if the record has no address. */
  String peer() {
    return field("src_endpoint.ip");
  }

  /** The word for the reason; empty if the record has no reason. */
  String reason() {
    return field("unmapped.reason");
  }

  /** Whether a rule is named behind the decision. */
  boolean isByRule() {
    return !field("unmapped.rule").isEmpty();
  }

  /** Whether the record is about a call that was at work already. */
  boolean isOfLiveCall() {
    return field("unmapped.would_have").equals("ended");
  }

  /** How many calls it is about: itself, and those of its kind that have no record. */
  long calls() {
    return field("unmapped.left_out_of").equals("kind") ? 1 + number("unmapped.left_out") : 1;
  }

  /** How many records were lost before it. */
  long lost() {
    return number("count");
  }

  private long number(String path) {
    try {
      return Math.max(0, Math.min(Long.parseLong(field(path)), Integer.MAX_VALUE));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
