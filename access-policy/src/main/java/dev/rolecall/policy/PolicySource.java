package dev.rolecall.policy;

/** Where a server gets its policy from, and hears that there is a new one. Thread-safe. */
public interface PolicySource {

  /** The policy to decide by now. Never blocks; cheap enough to ask for every call. */
  AccessPolicy current();

  /**
   * Runs {@code listener} each time there is a new policy, once {@link #current()} returns it. It
   * runs on the thread that changed the policy and must not block; what it throws is logged and
   * stops nobody else's. A listener is not told of the policy that was there when it was
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

  /** A listener's place; closing it, once or more often, ends the calls to come. */
  @FunctionalInterface
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
