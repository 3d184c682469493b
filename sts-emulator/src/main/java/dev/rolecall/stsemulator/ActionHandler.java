package dev.rolecall.stsemulator;

import dev.rolecall.stsemulator.internal.answer.AnswerField;
import dev.rolecall.stsemulator.internal.answer.StsRefusal;
import java.time.Instant;

/** An action that a signed request may ask for. */
@FunctionalInterface
interface ActionHandler {

  /**
   * Carries out the action.
   *
   * @param signer the signer of the request
   * @return the action's own part of the answer
   */
  AnswerField.Group result(Parameters parameters, Signer signer, Instant now) throws StsRefusal;
}
