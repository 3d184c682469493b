package dev.rolecall.exchange;

import dev.rolecall.identity.Caller;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The bound on tokens for one session: {@value #MOST} in a minute. A signature takes a millisecond
 * of CPU time, and the policy's own callers could ask without end. Sessions that no longer find a
 * place in the minute's table count as one. Safe for use by many threads; never blocks.
 */
final class IssueBudget {

  static final int MOST = 600;

  private static final int MOST_SESSIONS = 100_000;
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();
  private static final String OTHERS = "";

  private final Map<String, Integer> issued = new HashMap<>();
  private long minute = Long.MIN_VALUE;

  /** Takes one token; the wait until there is one if there is none. */
  synchronized Optional<Duration> take(Caller caller, long nowMillis) {
    long current = Math.floorDiv(nowMillis, MINUTE);
    if (current != minute) {
      minute = current;
      issued.clear();
    }
    String session = caller.evidence().credentialId().orElseGet(caller.principal()::text);
    boolean known = issued.containsKey(session) || issued.size() < MOST_SESSIONS;
    int count = issued.merge(known ? session : OTHERS, 1, Integer::sum);
    return count <= MOST
        ? Optional.empty()
        : Optional.of(Duration.ofMillis((current + 1) * MINUTE - nowMillis));
  }
}
