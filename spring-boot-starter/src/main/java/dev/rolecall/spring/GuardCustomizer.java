package dev.rolecall.spring;

import dev.rolecall.guard.CallGuardBuilder;

/**
 * A bean that sets options of the guard which no property does. Called once, after the properties,
 * in the order of the beans.
 */
@FunctionalInterface
public interface GuardCustomizer {

  /** Sets options. */
  void customize(CallGuardBuilder options);
}
