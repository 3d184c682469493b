package dev.rolecall.access.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.RefusalReason;
import dev.rolecall.testsupport.RecordedTelemetry;
import org.junit.jupiter.api.Test;

/** The names and labels of the counters, which dashboards and alerts are written for. */
final class DecisionMetricsTest {

  private final RecordedTelemetry recorded = new RecordedTelemetry();
  private final DecisionMetrics metrics = new DecisionMetrics(recorded.telemetry());

  @Test
  void events_areCountedOnceWithTheirLabels() {
    metrics.decided("a.B/C", "allowed", "r");
    metrics.shadowDiffered("a.B/C", "allowed", "denied", "none");
    metrics.callEnded(RefusalReason.CREDENTIAL_EXPIRED);
    metrics.policyReloaded("rejected");
    metrics.recordWritten();
    metrics.recordLeftOut();
    metrics.recordFailed();

    assertThat(recorded.sums())
        .containsOnlyKeys(
            "rolecall.server.decisions{decision=allowed,grpc.method=a.B/C,rule=r}",
            "rolecall.server.shadow.differences"
                + "{decision=allowed,grpc.method=a.B/C,rule=none,shadow=denied}",
            "rolecall.calls.ended{reason=credential_expired}",
            "rolecall.policy.reloads{result=rejected}",
            "rolecall.audit.records{result=written}",
            "rolecall.audit.records{result=left_out}",
            "rolecall.audit.records{result=failed}")
        .allSatisfy((name, sum) -> assertThat(sum).as(name).isEqualTo(1));
  }

  @Test
  void policyFollowed_reloadsOfBothResults_areCountedFromZero() {
    metrics.policyFollowed();

    assertThat(recorded.sums())
        .containsOnlyKeys(
            "rolecall.policy.reloads{result=reloaded}", "rolecall.policy.reloads{result=rejected}")
        .allSatisfy((name, sum) -> assertThat(sum).as(name).isZero());
  }

  @Test
  void decisionLabels_ofTheSameDecision_areKeptUpToABound() {
    assertThat(metrics.decisionLabels("m", "allowed", "r"))
        .isSameAs(metrics.decisionLabels("m", "allowed", "r"));
    for (int i = 0; i < 4_095; i++) {
      metrics.decisionLabels("m", "allowed", "r" + i);
    }

    assertThat(metrics.decisionLabels("m", "allowed", "r4094"))
        .isSameAs(metrics.decisionLabels("m", "allowed", "r4094"));
    assertThat(metrics.decisionLabels("m", "allowed", "late"))
        .isEqualTo(metrics.decisionLabels("m", "allowed", "late"))
        .isNotSameAs(metrics.decisionLabels("m", "allowed", "late"));
  }
}
