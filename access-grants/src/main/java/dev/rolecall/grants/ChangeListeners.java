package dev.rolecall.grants;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.grant.Grants;
import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.internal.Listeners;

/** The listeners to changes. What one throws keeps no other from hearing. */
final class ChangeListeners {

  private final AccessRuntime runtime;
  private final Listeners<Runnable> listeners = new Listeners<>();

  ChangeListeners(AccessRuntime runtime) {
    this.runtime = requireNonNull(runtime, "runtime");
  }

  Grants.Registration add(Runnable listener) {
    return listeners.add(listener)::run;
  }

  /** Runs each of them here; false if there is none. */
  boolean tell() {
    listeners.forEach(each -> runtime.supervisor().run(SupervisedTask.GRANT_FEED.label(), each));
    return !listeners.isEmpty();
  }
}
