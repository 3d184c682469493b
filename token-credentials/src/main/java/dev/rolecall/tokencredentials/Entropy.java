package dev.rolecall.tokencredentials;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import java.time.Clock;

/**
 * The time of day, and chance that no one foresees.
 *
 * @param clock dates assertions and answers
 * @param random makes keys, ids and signatures
 */
record Entropy(Clock clock, SecureRandom random) {
  Entropy {
    requireNonNull(clock, "clock");
    requireNonNull(random, "random");
  }
}
