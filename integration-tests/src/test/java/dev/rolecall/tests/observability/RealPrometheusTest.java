package dev.rolecall.tests.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rolecall.tests.fixture.Patience;
import dev.rolecall.tests.observability.Queries.Query;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Prometheus scrapes a loaded {@code rolecall serve} and its clients, while all goes wrong
 * that the alerts are about: each query of the dashboard has an answer, and each alert comes up.
 * Those of the access service are asked for by {@link AccessMetricsTest}, and judged by promtool.
 */
@Timeout(900)
final class RealPrometheusTest {

  /** Enough refusals to be above what the alert takes for noise in five minutes. */
  private static final int CALLS = 60;

  /**
   * No call brings about a defect, and the server refuses; promtool sees these alerts come up, in
   * alerts-*test.yaml.
   */
  private static final Set<String> OF_OTHER_SERVERS =
      Set.of("RolecallTaskFailing", "RolecallAdmittingInsteadOfRefusing", "RolecallReadyToRefuse");

  @TempDir Path directory;

  @Test
  void dashboardAndAlerts_overALoadedServe_areAllAnswered() throws Exception {
    try (ServedScene scene = new ServedScene(directory)) {
      scene.load(2);
      Optional<PrometheusServer> started = PrometheusServer.start(directory, targets(scene));
      assumeTrue(started.isPresent(), PrometheusServer.HOW_TO_GET_IT);
      try (PrometheusServer prometheus = started.orElseThrow()) {
        Patience.await()
            .until(() -> prometheus.query("rolecall_policy_reloads_total == 0").size() == 2);
        Patience.await().until(() -> prometheus.query("rolecall_tls_renewals_total").size() == 8);
        assertThat(prometheus.query("rolecall_task_failures_total == 0")).isNotEmpty();
        scene.load(CALLS);
        scene.spoilThePolicy();
        scene.failSts();
        scene.failRenewals();

        List<Query> open = new ArrayList<>(Queries.all());
        open.removeIf(Query::isOfAccess);
        open.removeIf(Query::isOfProxies);
        assertThat(open.removeIf(query -> OF_OTHER_SERVERS.contains(query.of()))).isTrue();
        int asked = open.size();
        assertThat(asked).isGreaterThan(20);
        Patience.await()
            .until(
                () -> {
                  scene.askForNewcomers();
                  open.removeIf(query -> isAnswered(prometheus, query));
                  return open;
                },
                List::isEmpty);
        List<String> alerts =
            Queries.alerts().stream()
                .filter(alert -> !alert.isOfAccess() && !alert.isOfProxies())
                .map(Query::of)
                .filter(of -> !OF_OTHER_SERVERS.contains(of))
                .toList();
        Patience.await().until(() -> prometheus.alerts().containsAll(alerts));
        System.out.println(
            "prometheus: " + asked + " expressions answered, " + alerts.size() + " alerts came up");
      }
    }
  }

  private static Map<String, URI> targets(ServedScene scene) {
    Map<String, URI> targets = new LinkedHashMap<>();
    targets.put("orders", scene.serverMetrics());
    scene
        .applicationMetrics()
        .forEach(application -> targets.put("client-" + targets.size(), application));
    return targets;
  }

  private static boolean isAnswered(PrometheusServer prometheus, Query query) {
    try {
      List<Double> values = prometheus.query(query.expression());
      return values.stream().anyMatch(Double::isFinite);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
