package dev.rolecall.policy;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** The source of a server's policy, which also reports each new one. Thread-safe. */
public interface PolicySource extends AutoCloseable {

  /** The policy to decide by now. Never blocks; cheap enough to ask for every call. */
  AccessPolicy current();

  /**
   * Runs {@code listener} each time there is a new policy, once {@link #current()} returns it. It
   * runs on the thread that changed the policy and must not block; what it throws is logged, and
   * the other listeners still run. A listener is not told of the policy that was there when it was
   * registered.
   */
  Registration onChange(Runnable listener);

  /**
   * Has the observer hear of each reload, to count it, until the registration is closed. Empty, and
   * does nothing, for a source that is never reloaded.
   */
  default Optional<Registration> observedBy(ReloadObserver observer) {
    requireNonNull(observer, "observer");
    return Optional.empty();
  }

  /**
   * This source for one of several users: closing it does nothing. A guard closes the source that
   * it is built with.
   */
  default PolicySource shared() {
    return new SharedSource(this);
  }

  /** Stops following. The current policy stays. Does nothing by default. */
  @Override
  default void close() {}

  /** The source that never changes. */
  static PolicySource fixed(AccessPolicy policy) {
    return new FixedPolicy(policy);
  }

  /**
   * This source under another, such as the services' own policy under an operator's file: what both
   * allow is allowed, as {@link AccessPolicy#narrowedBy} says, and a change of either is a change.
   * Closing it closes both.
   */
  default PolicySource narrowedBy(PolicySource other) {
    return new NarrowedSource(this, other);
  }

  /**
   * The registration of a listener or an observer. Closing it, once or more often, ends the
   * notifications.
   */
  @FunctionalInterface
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
