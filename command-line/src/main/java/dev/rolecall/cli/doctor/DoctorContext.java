package dev.rolecall.cli.doctor;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * The surroundings that {@code doctor} works in.
 *
 * @param clock compared with STS's and the server's
 * @param environment names the proxies on the way to STS
 * @param patience how long a server may take for each step of a handshake; the search for
 *     credentials may take twice, and a call four times that
 */
record DoctorContext(Clock clock, Map<String, String> environment, Duration patience) {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Copies the environment. */
  DoctorContext {
    environment = Map.copyOf(environment);
  }

  /** Those of this process, with that clock. */
  static DoctorContext ofThisProcess(Clock clock) {
    return new DoctorContext(clock, System.getenv(), PATIENCE);
  }

  /** The same with another clock. */
  DoctorContext at(Clock other) {
    return new DoctorContext(other, environment, patience);
  }

  /** For the search for AWS credentials. */
  Duration ofSearch() {
    return patience.multipliedBy(2);
  }

  Duration ofCall() {
    return patience.multipliedBy(4);
  }
}
