package dev.rolecall.tests.soak;

import dev.rolecall.tests.fixture.SeenRefusal;
import io.grpc.Metadata;
import io.grpc.Status;

/**
 * The end of a call, as its client saw it.
 *
 * @param code the status
 * @param reason the reason a Rolecall server gave; empty if none did
 * @param description the status's words
 */
record CallEnd(Status.Code code, String reason, String description) {

  static CallEnd of(Status status, Metadata trailers) {
    SeenRefusal seen = SeenRefusal.of(status.asRuntimeException(trailers));
    return new CallEnd(seen.code(), seen.reason(), seen.description());
  }

  /** The kind of ending, for counting. */
  String kind() {
    return reason.isEmpty() ? code.name() : reason;
  }
}
