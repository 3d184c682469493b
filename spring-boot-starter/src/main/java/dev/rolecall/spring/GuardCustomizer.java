package dev.rolecall.spring;

import dev.rolecall.guard.CallGuardBuilder;

/**
 * A bean that sets options of the guard which no property does. Called once, after the properties,
 * in the order of the beans.
 *
 * <p>The policy is read before. So a scheme whose aliases it names is a {@link
 * dev.rolecall.access.scheme.Scheme} bean or a property, and is not accepted here.
 */
@FunctionalInterface
public interface GuardCustomizer {

  /** Sets options. */
  void customize(CallGuardBuilder options);
}
