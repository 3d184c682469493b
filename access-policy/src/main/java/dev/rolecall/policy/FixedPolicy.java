package dev.rolecall.policy;

import static java.util.Objects.requireNonNull;

/** The source that never changes. */
record FixedPolicy(AccessPolicy current) implements PolicySource {

  FixedPolicy {
    requireNonNull(current, "policy");
  }

  @Override
  public Registration onChange(Runnable listener) {
    requireNonNull(listener, "listener");
    return () -> {};
  }
}
