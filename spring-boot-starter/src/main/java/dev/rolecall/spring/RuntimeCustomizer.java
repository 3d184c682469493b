package dev.rolecall.spring;

import dev.rolecall.access.runtime.AccessRuntime;

/**
 * A bean that sets options of the runtimes that the starter makes, such as their clock: one for the
 * guard, and one for each channel with attested TLS. Called once for each, in the order of the
 * beans.
 */
@FunctionalInterface
public interface RuntimeCustomizer {

  /** Sets options. */
  void customize(AccessRuntime.Builder options);
}
