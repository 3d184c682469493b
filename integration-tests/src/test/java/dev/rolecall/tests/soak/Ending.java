package dev.rolecall.tests.soak;

import dev.rolecall.tests.fixture.SeenRefusal;
import io.grpc.Metadata;
import io.grpc.Status;

/**
 * How a call ended, as its client saw it.
 *
 * @param code the status
 * @param reason the reason a Rolecall server gave; empty where none did
 * @param description the status's words
 */
record Ending(Status.Code code, String reason, String description) {

  static Ending of(Status status, Metadata trailers) {
    SeenRefusal seen = SeenRefusal.of(status.asRuntimeException(trailers));
    return new Ending(seen.code(), seen.reason(), seen.description());
  }

  /** The kind of ending, for counting. */
  String kind() {
    return reason.isEmpty() ? code.name() : reason;
  }
}
