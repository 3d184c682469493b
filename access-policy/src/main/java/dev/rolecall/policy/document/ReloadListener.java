package dev.rolecall.policy.document;

/** A listener for reloads, to count them. */
@FunctionalInterface
public interface ReloadListener {

  /**
   * Reports a change of the file: a new policy, or its rejection. Called once for a change, on the
   * thread that checked the file; must not block. What it throws is logged.
   */
  void onReload(ReloadResult result);

  /**
   * Reports a failure that {@link ReloadResult} does not know, such as a listener that threw. The
   * last good policy stays, and the file is followed on. Called each time, on the thread that
   * checked the file; must not block. Does nothing by default.
   *
   * @param task {@code policy_file} or {@code policy_listener}
   */
  default void onFailure(String task) {}
}
