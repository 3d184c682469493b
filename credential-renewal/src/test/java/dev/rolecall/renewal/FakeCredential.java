package dev.rolecall.renewal;

import io.grpc.Metadata;
import java.time.Duration;
import java.time.Instant;

/** A credential of 15 minutes: stale after ten, not used in its last half minute. */
record FakeCredential(int number, Instant begin, Lifetime lifetime, Metadata metadata)
    implements RenewableCredential {

  static FakeCredential of(int number, Instant begin) {
    return new FakeCredential(
        number,
        begin,
        Lifetime.of(
            begin,
            begin.plus(Duration.ofMinutes(10)),
            begin.plus(Duration.ofMinutes(15).minusSeconds(30))),
        new Metadata());
  }
}
