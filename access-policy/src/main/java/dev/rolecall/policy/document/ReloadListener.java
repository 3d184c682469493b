package dev.rolecall.policy.document;

/** Hears of reloads, to count them. */
@FunctionalInterface
public interface ReloadListener {

  /**
   * The file has changed, and this came of it: a new policy, or a refusal to take it. Called once
   * for a change, never when nothing changed, on the thread that looked at the file; must not
   * block. What it throws is logged.
   */
  void onReload(ReloadResult result);

  /**
   * Following the file failed otherwise than {@link ReloadResult} knows, or a listener threw. The
   * last good policy stays, and the file is followed on. Called each time, on the thread that
   * looked at the file; must not block. Does nothing by default.
   *
   * @param task {@code policy_file} or {@code policy_listener}
   */
  default void onFailure(String task) {}
}
