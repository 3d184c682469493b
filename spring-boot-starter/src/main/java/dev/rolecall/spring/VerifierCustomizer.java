package dev.rolecall.spring;

import dev.rolecall.verifier.StsVerifier;

/**
 * A bean that sets options of the verifier which no property does. Called once, after the
 * properties, in the order of the beans.
 */
@FunctionalInterface
public interface VerifierCustomizer {

  /** Sets options. */
  void customize(StsVerifier options);
}
