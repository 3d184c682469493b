package dev.rolecall.cli.console;

import java.util.Optional;

/**
 * The page's surroundings, as it tells them.
 *
 * @param version Rolecall's
 * @param isDemo whether the servers are those of a demo
 * @param policy a policy to begin with; empty for none
 */
record About(String version, boolean isDemo, Optional<Named> policy) {

  /**
   * The text of a policy.
   *
   * @param name the name of its file
   * @param text its text
   */
  record Named(String name, String text) {}
}
