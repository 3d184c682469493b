package dev.rolecall.policy;

/** Hears how the reloads of a source end, to count them. Must not block. */
public interface ReloadObserver {

  /**
   * A change was taken up or rejected.
   *
   * @param result {@code reloaded} or {@code rejected}
   */
  void onReload(String result);

  /**
   * Following the source failed otherwise, or a listener threw. It is followed on.
   *
   * @param task {@code policy_file} or {@code policy_listener}
   */
  void onFailure(String task);
}
