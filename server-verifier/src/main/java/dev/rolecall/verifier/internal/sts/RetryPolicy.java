package dev.rolecall.verifier.internal.sts;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.Range;
import dev.rolecall.verifier.internal.answer.StsCode;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The limits of asking STS about one proof: at most three attempts within a budget of time, each of
 * at most half the budget. So an attempt that hangs leaves room for another.
 *
 * @param budget the time from the first attempt to the last answer; 100 ms to 30 s
 * @see <a
 *     href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential
 *     backoff and jitter</a>
 */
public record RetryPolicy(Duration budget) {

  static final int MAX_ATTEMPTS = 3;

  private static final Duration LEAST = Duration.ofMillis(100);
  private static final Duration MOST = Duration.ofSeconds(30);
  private static final Duration FIRST_CEILING = Duration.ofMillis(100);
  private static final Duration FIRST_CEILING_WHEN_BUSY = Duration.ofMillis(500);

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if the budget is out of bounds
   */
  public RetryPolicy {
    requireNonNull(budget, "budget");
    Range.check("lookUpTimeout", budget, LEAST, MOST);
  }

  /** How long an attempt may take that begins now. */
  Duration attemptTimeout(Duration elapsed) {
    Duration half = budget.dividedBy(2);
    Duration left = budget.minus(elapsed);
    return left.compareTo(half) < 0 ? left : half;
  }

  /**
   * The pause before another attempt: anything up to a ceiling that doubles each time ("full
   * jitter"), five times higher after throttling, as in the AWS SDK's default mode. Empty when
   * another attempt would not help, or none, or no time for one, is left.
   *
   * @param outcome how the last attempt ended
   * @param attempts how many there were
   */
  Optional<Duration> pauseAfter(
      StsCode outcome, int attempts, Duration elapsed, RandomGenerator random) {
    if (!outcome.isWorthRetrying() || attempts >= MAX_ATTEMPTS) {
      return Optional.empty();
    }
    Duration first = outcome.isBusy() ? FIRST_CEILING_WHEN_BUSY : FIRST_CEILING;
    Duration ceiling = first.multipliedBy(1L << (attempts - 1));
    Duration pause = Duration.ofNanos(random.nextLong(ceiling.toNanos() + 1));
    return elapsed.plus(pause).compareTo(budget) < 0 ? Optional.of(pause) : Optional.empty();
  }
}
