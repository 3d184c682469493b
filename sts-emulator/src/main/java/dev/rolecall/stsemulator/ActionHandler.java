package dev.rolecall.stsemulator;

import java.time.Instant;

/** One action that a signed request may ask for. */
@FunctionalInterface
interface ActionHandler {

  /**
   * Does what was asked.
   *
   * @param caller whose credentials signed the request
   * @return the action's own part of the answer
   */
  AnswerField.Group result(Parameters parameters, EmulatedCredentials caller, Instant now)
      throws StsRefusal;
}
