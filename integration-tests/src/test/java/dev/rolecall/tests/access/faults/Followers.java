package dev.rolecall.tests.access.faults;

import dev.rolecall.grants.v1.ListEnforcersRequest;
import dev.rolecall.grants.v1.ListEnforcersResponse;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/**
 * The guarded servers as the service knows them.
 *
 * @param transitions asks the service
 * @param count how many there are
 */
record Followers(Transitions transitions, int count) {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Waits until each of them follows, and knows all that the store has at the beginning. */
  void awaitAllKnow() {
    Set<String> all =
        IntStream.range(0, count).mapToObj(Enforcer::name).collect(Collectors.toSet());
    long revision = now().getRevision();
    Awaitility.await("each server knows revision " + revision)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> knowing(now(), revision).containsAll(all));
  }

  private ListEnforcersResponse now() {
    return transitions.done(
        node -> node.admin().listEnforcers(ListEnforcersRequest.getDefaultInstance()));
  }

  private static Set<String> knowing(ListEnforcersResponse now, long revision) {
    return now.getEnforcersList().stream()
        .filter(each -> each.getConnected() && each.getAcknowledgedRevision() >= revision)
        .map(each -> each.getNode())
        .collect(Collectors.toSet());
  }
}
