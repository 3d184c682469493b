package dev.rolecall.cli.doctor;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * What {@code doctor} asks with.
 *
 * @param clock compared with STS's and the server's
 * @param environment names the proxies on the way to STS
 * @param patience how long a server may take for each step of a handshake; the search for
 *     credentials may take twice, and a call four times that
 */
record DoctorMeans(Clock clock, Map<String, String> environment, Duration patience) {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Checks that nothing is absent. */
  DoctorMeans {
    requireNonNull(clock, "clock");
    environment = Map.copyOf(environment);
    requireNonNull(patience, "patience");
  }

  /** Those of this process, with that clock. */
  static DoctorMeans ofThisProcess(Clock clock) {
    return new DoctorMeans(clock, System.getenv(), PATIENCE);
  }

  /** The same with another clock. */
  DoctorMeans at(Clock other) {
    return new DoctorMeans(other, environment, patience);
  }

  /** For the search for AWS credentials. */
  Duration ofSearch() {
    return patience.multipliedBy(2);
  }

  Duration ofCall() {
    return patience.multipliedBy(4);
  }
}
