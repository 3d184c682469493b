package dev.rolecall.policy;

/** Hears of reloads, to count them. */
@FunctionalInterface
public interface ReloadListener {

  /**
   * The file has changed, and this came of it: a new policy, or a refusal to take it. Called once
   * for a change, never when nothing changed, on the thread that looked at the file; must not
   * block. What it throws is logged.
   */
  void onReload(ReloadResult result);
}
