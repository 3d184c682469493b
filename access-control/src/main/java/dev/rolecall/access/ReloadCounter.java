package dev.rolecall.access;

import dev.rolecall.access.internal.metrics.DecisionMetrics;
import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.policy.ReloadObserver;

/** Counts how the reloads of a policy's source end. */
record ReloadCounter(DecisionMetrics metrics, AccessRuntime runtime) implements ReloadObserver {

  /** Counts those of that source from now on, if it is ever reloaded. */
  void follow(PolicySource policies) {
    if (policies.observedBy(this)) {
      runtime.supervising(SupervisedTask.POLICY_FILE, SupervisedTask.POLICY_LISTENER);
      metrics.policyFollowed();
    }
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
