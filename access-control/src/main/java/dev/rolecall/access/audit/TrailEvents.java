package dev.rolecall.access.audit;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.rolecall.access.internal.file.TrailPlace;
import java.io.IOException;
import java.util.Optional;

/** The lines about a trail itself, as OCSF's base events, since they are about no call. */
final class TrailEvents {

  private static final int INFORMATIONAL = 1;
  private static final int MEDIUM = 3;
  private static final int OTHER = 99;

  private TrailEvents() {}

  /**
   * The first line of a trail.
   *
   * @param before the end of the trail before it, where the file had one
   */
  static LineForm opened(Optional<TrailPlace> before, AuditFileRules rules) {
    return event(
        "Trail opened",
        "trail_opened",
        INFORMATIONAL,
        Optional.empty(),
        json -> {
          json.writeBooleanField("hash_chain", rules.hashChained());
          json.writeNumberField("flushed_within_ms", rules.flushedWithin().toMillis());
          if (before.isPresent()) {
            json.writeStringField("previous_trail", before.get().trail());
            json.writeNumberField("previous_sequence", before.get().sequence());
          }
        });
  }

  /** The last line of a trail that ends in order. */
  static LineForm closed() {
    return event(
        "Trail closed", "trail_closed", INFORMATIONAL, Optional.empty(), TrailEvents::nothing);
  }

  /**
   * The event that records were lost before it.
   *
   * @param count how many, at least 1
   */
  static LineForm lost(long count) {
    return event("Records lost", "records_lost", MEDIUM, Optional.of(count), TrailEvents::nothing);
  }

  /**
   * The event that a rotated file was deleted, as the rules of the file say.
   *
   * @param end the last line that it had, where it had one
   */
  static LineForm deleted(Optional<TrailPlace> end) {
    return event(
        "File deleted",
        "file_deleted",
        INFORMATIONAL,
        Optional.empty(),
        json -> {
          if (end.isPresent()) {
            json.writeStringField("deleted_trail", end.get().trail());
            json.writeNumberField("deleted_through", end.get().sequence());
          }
        });
  }

  /** Writes the fields of {@code unmapped}. */
  @FunctionalInterface
  private interface Unmapped {
    void writeTo(JsonGenerator json) throws IOException;
  }

  private static void nothing(JsonGenerator json) {}

  private static LineForm event(
      String activity, String decision, int severity, Optional<Long> count, Unmapped unmapped) {
    return EventWriter.write(
        event -> {
          event.start(0, 0, OTHER, activity);
          event.json().writeNumberField("severity_id", severity);
          if (count.isPresent()) {
            event.json().writeNumberField("count", count.get());
          }
          event.unmapped();
          event.json().writeStringField("decision", decision);
          unmapped.writeTo(event.json());
        });
  }
}
