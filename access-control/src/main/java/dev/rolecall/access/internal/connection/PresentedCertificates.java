package dev.rolecall.access.internal.connection;

import dev.rolecall.identity.BindingHash;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The leaf certificates that this server presented within the last quarter of an hour.
 *
 * <p>After a rotation, a session resumed on BoringSSL reports the newest certificate although the
 * client bound its proof to the one it had verified. Both are this server's own, so a proof bound
 * to either was meant for it.
 */
public final class PresentedCertificates {

  /** As long as a proof can live. */
  static final Duration MEMORY = Duration.ofMinutes(15);

  /** A server that shows more certificates than this within a quarter of an hour forgets some. */
  static final int MAX = 16;

  private final Clock clock;
  private final Map<BindingHash, Long> lastSeen = new HashMap<>();

  /** None yet. */
  public PresentedCertificates(Clock clock) {
    this.clock = clock;
  }

  /** Notes that {@code shown} is presented now, and returns it with the others. */
  public synchronized Set<BindingHash> with(BindingHash shown) {
    long now = clock.millis();
    lastSeen.values().removeIf(seen -> seen < now - MEMORY.toMillis());
    if (lastSeen.size() >= MAX && !lastSeen.containsKey(shown)) {
      lastSeen.entrySet().stream()
          .min(Map.Entry.comparingByValue())
          .ifPresent(oldest -> lastSeen.remove(oldest.getKey()));
    }
    lastSeen.put(shown, now);
    return Set.copyOf(lastSeen.keySet());
  }
}
