package dev.rolecall.txntoken;

import dev.rolecall.identity.Caller;
import dev.rolecall.identity.internal.Range;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The life of a token.
 *
 * @param longest 10 seconds to 1 hour, in whole seconds
 */
record TokenLife(Duration longest) {

  static final Duration SHORTEST = Duration.ofSeconds(10);
  static final Duration LONGEST = Duration.ofHours(1);

  TokenLife {
    Range.check("life", longest, SHORTEST, LONGEST);
    longest = longest.truncatedTo(ChronoUnit.SECONDS);
  }

  /** A minute. */
  static TokenLife ofDefaults() {
    return new TokenLife(Duration.ofSeconds(60));
  }

  /**
   * The end of a token of that caller, made at that whole second: in whole seconds, and never after
   * the caller's. Empty if nothing of the caller's time is left.
   */
  Optional<Instant> expiry(Instant issued, Instant now, Caller caller) {
    Instant end = issued.plus(longest);
    Instant last = caller.notAfter().isBefore(end) ? caller.notAfter() : end;
    Instant expiry = last.truncatedTo(ChronoUnit.SECONDS);
    return expiry.isAfter(now) ? Optional.of(expiry) : Optional.empty();
  }
}
