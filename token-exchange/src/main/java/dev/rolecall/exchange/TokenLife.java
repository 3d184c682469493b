package dev.rolecall.exchange;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.Range;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The time that a token is good for: never longer than the proofs that it was traded for, so that
 * an exchange prolongs nothing.
 *
 * @param longest 1 minute to 15 minutes
 */
record TokenLife(Duration longest) {

  private static final Duration LEAST = Duration.ofMinutes(1);
  private static final Duration MOST = Duration.ofMinutes(15);

  TokenLife {
    requireNonNull(longest, "longest");
    Range.check("tokenLife", longest, LEAST, MOST);
  }

  static TokenLife ofDefaults() {
    return new TokenLife(MOST);
  }

  /** The end of a token that is issued at that whole second, itself a whole second. */
  Instant end(Instant issued, Instant proofEnds) {
    Instant own = issued.plus(longest).truncatedTo(ChronoUnit.SECONDS);
    Instant proofs = proofEnds.truncatedTo(ChronoUnit.SECONDS);
    return proofs.isBefore(own) ? proofs : own;
  }
}
