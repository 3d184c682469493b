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
 * Whether an introspection endpoint answers. After {@value #SUSPICION} failures in a row it is left
 * alone for a second, twice as long each time up to 30 seconds; then one question of the verifier's
 * own finds out whether it is back. Safe for use by many threads.
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
  private Duration pause = FIRST;
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
      pause = FIRST;
      answered = true;
      answeredAt = now();
    }
    if (changed) {
      LOGGER.log(INFO, "The introspection endpoint of issuer {0} answers again.", alias);
    }
  }

  void failed(IssuerFailure failure) {
    boolean changed = false;
    synchronized (this) {
      failures++;
      answered = false;
      if (failures >= SUSPICION || failure == IssuerFailure.OWN_CREDENTIALS) {
        changed = !away;
        Duration doubled = pause.multipliedBy(2);
        pause = changed ? FIRST : doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
        away = true;
        pauseEnds = now() + pause.toNanos();
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
