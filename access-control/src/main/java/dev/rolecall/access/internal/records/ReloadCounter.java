package dev.rolecall.access.internal.records;

import dev.rolecall.access.internal.metrics.DecisionMetrics;
import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.policy.ReloadObserver;
import java.util.Optional;

/** Counts how the reloads of a policy's source end. */
public record ReloadCounter(DecisionMetrics metrics, AccessRuntime runtime)
    implements ReloadObserver {

  /** Counts those of that source from now on, if it is ever reloaded; until that is closed. */
  public Optional<PolicySource.Registration> follow(PolicySource policies) {
    Optional<PolicySource.Registration> followed = policies.observedBy(this);
    if (followed.isPresent()) {
      runtime.supervising(SupervisedTask.POLICY_FILE, SupervisedTask.POLICY_LISTENER);
      metrics.policyFollowed();
    }
    return followed;
  }

  @Override
  public void onReload(String result) {
    metrics.policyReloaded(result);
  }

  @Override
  public void onFailure(String task) {
    runtime.countFailure(task);
  }
}
