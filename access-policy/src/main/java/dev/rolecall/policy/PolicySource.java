package dev.rolecall.policy;

/** The source of a server's policy, which also reports each new one. Thread-safe. */
public interface PolicySource {

  /** The policy to decide by now. Never blocks; cheap enough to ask for every call. */
  AccessPolicy current();

  /**
   * Runs {@code listener} each time there is a new policy, once {@link #current()} returns it. It
   * runs on the thread that changed the policy and must not block; what it throws is logged, and
   * the other listeners still run. A listener is not told of the policy that was there when it was
   * registered.
   */
  Registration onChange(Runnable listener);

  /** The source that never changes. */
  static PolicySource fixed(AccessPolicy policy) {
    return new FixedPolicy(policy);
  }

  /**
   * This source under another, such as the services' own policy under an operator's file: what both
   * allow is allowed, as {@link AccessPolicy#narrowedBy} says, and a change of either is a change.
   * Closing the two stays their user's business.
   */
  default PolicySource narrowedBy(PolicySource other) {
    return new NarrowedSource(this, other);
  }

  /** The registration of a listener. Closing it, once or more often, ends the notifications. */
  @FunctionalInterface
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
