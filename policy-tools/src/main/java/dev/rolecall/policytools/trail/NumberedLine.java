package dev.rolecall.policytools.trail;

import dev.rolecall.policytools.internal.RecordFields;
import java.util.Map;
import java.util.Optional;

/** The parts of a line that say its place in a trail. */
final class NumberedLine {

  private static final String ATTESTED = "attestation_list.0.fingerprint.value";
  private static final String PREVIOUS = "attestation_list.0.prev_event.fingerprint.value";

  private final Map<String, String> fields;
  private final long sequence;
  private final long takes;

  private NumberedLine(Map<String, String> fields, long sequence, long takes) {
    this.fields = fields;
    this.sequence = sequence;
    this.takes = takes;
  }

  /** Reads a line; empty if it is no numbered record. */
  static Optional<NumberedLine> read(byte[] line, int length) {
    return RecordFields.of(line, length).flatMap(NumberedLine::of);
  }

  private static Optional<NumberedLine> of(Map<String, String> fields) {
    long sequence = number(fields, "metadata.sequence");
    boolean isLoss = "records_lost".equals(fields.get("unmapped.decision"));
    long takes = 1 + Math.max(0, number(fields, isLoss ? "count" : "unmapped.left_out"));
    return fields.containsKey("unmapped.trail") && takes >= 1 && sequence >= takes
        ? Optional.of(new NumberedLine(fields, sequence, takes))
        : Optional.empty();
  }

  private static long number(Map<String, String> fields, String path) {
    try {
      return Long.parseLong(fields.getOrDefault(path, "-1"));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  String trail() {
    return text("unmapped.trail");
  }

  /** The last number that it takes. */
  long sequence() {
    return sequence;
  }

  /** The first number that it takes. */
  long first() {
    return sequence - takes + 1;
  }

  /** How many decisions it stands for besides its own. */
  long besides() {
    return takes - 1;
  }

  boolean is(String decision) {
    return decision.equals(text("unmapped.decision"));
  }

  /** The fingerprint that it has of itself; empty if it is in no chain. */
  String fingerprint() {
    return text(ATTESTED);
  }

  /** The fingerprint that it has of the line before it; empty if it has none. */
  String previous() {
    return text(PREVIOUS);
  }

  /** Whether a first line says that its trail has a chain. */
  boolean beginsChain() {
    return text("unmapped.hash_chain").equals("true");
  }

  String text(String path) {
    return fields.getOrDefault(path, "");
  }

  long number(String path) {
    return number(fields, path);
  }
}
