package dev.rolecall.verifier.grpc;

import dev.rolecall.policy.document.ReloadListener;
import dev.rolecall.policy.document.ReloadResult;
import dev.rolecall.verifier.metrics.SupervisedTask;
import dev.rolecall.verifier.metrics.VerifierMetrics;
import io.opentelemetry.api.OpenTelemetry;

/**
 * Counts what comes of a policy file's changes, as {@code rolecall.policy.reloads}: give it to the
 * file's builder. Thread-safe; does not block.
 */
public final class PolicyReloadCounter implements ReloadListener {

  private final VerifierMetrics metrics;

  private PolicyReloadCounter(VerifierMetrics metrics) {
    this.metrics = metrics;
  }

  /** A counter whose metrics go there. */
  public static PolicyReloadCounter in(OpenTelemetry telemetry) {
    VerifierMetrics metrics = new VerifierMetrics(telemetry);
    metrics.policyFollowed();
    metrics.supervising(SupervisedTask.POLICY_FILE, SupervisedTask.POLICY_LISTENER);
    return new PolicyReloadCounter(metrics);
  }

  @Override
  public void onReload(ReloadResult result) {
    metrics.policyReloaded(result.label());
  }

  @Override
  public void onFailure(String task) {
    metrics.taskFailed(task);
  }
}
