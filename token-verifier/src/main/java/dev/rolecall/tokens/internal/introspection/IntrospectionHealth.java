package dev.rolecall.tokens.internal.introspection;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;
import static java.util.Objects.requireNonNull;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.runtime.RetryAfter;
import dev.rolecall.identity.IssuerAlias;
import dev.rolecall.tokens.internal.http.IssuerFailure;
import java.time.Duration;

/**
 * Whether an introspection endpoint answers. After {@value #SUSPICION} failures in a row no token
 * is asked about until it has answered a question of the verifier's own. The first comes at once,
 * since a stranger may send tokens that the endpoint fails on. While those fail, it is left alone
 * for a second, twice as long each time up to 30 seconds. Safe for use by many threads.
 */
final class IntrospectionHealth {

  private static final System.Logger LOGGER = System.getLogger("rolecall.tokens");

  static final int SUSPICION = 3;

  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Duration JUST_NOW = Duration.ofSeconds(1);

  private final IssuerAlias alias;
  private final AccessRuntime runtime;

  private int failures;
  private boolean away;

  /** Before the next question of the verifier's own; none before the first. */
  private Duration pause = Duration.ZERO;

  private long pauseEnds;
  private boolean answered;
  private long answeredAt;

  IntrospectionHealth(IssuerAlias alias, AccessRuntime runtime) {
    this.alias = requireNonNull(alias, "alias");
    this.runtime = requireNonNull(runtime, "runtime");
  }

  synchronized boolean isAway() {
    return away;
  }

  /** Whether it has answered within the last second. */
  synchronized boolean hasJustAnswered() {
    return answered && now() - answeredAt < JUST_NOW.toNanos();
  }

  /** Whether it may be asked whether it is back. */
  synchronized boolean mayBeAsked() {
    return !away || now() - pauseEnds >= 0;
  }

  void answers() {
    boolean changed;
    synchronized (this) {
      changed = away;
      away = false;
      failures = 0;
      pause = Duration.ZERO;
      answered = true;
      answeredAt = now();
    }
    if (changed) {
      LOGGER.log(INFO, "The introspection endpoint of issuer {0} answers again.", alias);
    }
  }

  /**
   * A question failed.
   *
   * @param own whether it was the verifier's own: those of callers, any number of which may be
   *     under way at once, prolong no pause
   */
  void failed(IssuerFailure failure, boolean own) {
    boolean changed = false;
    synchronized (this) {
      failures++;
      answered = false;
      if (away && own) {
        pause = longer(pause);
        pauseEnds = now() + pause.toNanos();
      } else if (!away && (failures >= SUSPICION || failure == IssuerFailure.OWN_CREDENTIALS)) {
        changed = true;
        away = true;
        pauseEnds = now();
      }
    }
    if (changed) {
      LOGGER.log(
          WARNING,
          "The introspection endpoint of issuer {0} gives no answer of use: {1}. Callers with"
              + " opaque tokens are told to wait until it does.",
          alias,
          failure.words());
    }
  }

  private static Duration longer(Duration pause) {
    Duration doubled = pause.isZero() ? FIRST : pause.multipliedBy(2);
    return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
  }

  /** How long to wait before another try. Jittered. */
  Duration retryAfter() {
    Duration left;
    synchronized (this) {
      left = away ? Duration.ofNanos(Math.max(0, pauseEnds - now())) : FIRST;
    }
    return new RetryAfter(runtime.random()).after(left, left);
  }

  private long now() {
    return runtime.ticker().getAsLong();
  }
}
