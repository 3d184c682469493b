package dev.rolecall.stsemulator.internal.answer;

import dev.rolecall.stsemulator.protocol.StsAction;
import dev.rolecall.stsemulator.protocol.StsErrorCode;
import java.util.Optional;

/**
 * The outcome of one request.
 *
 * @param action the action that it asked for
 * @param refusal the code that refused it; empty when it was answered
 * @param answer the true answer, before any fault changes it
 */
public record Verdict(StsAction action, Optional<StsErrorCode> refusal, Answer answer) {

  /** The verdict on a request that is refused. */
  public static Verdict refused(
      StsAction action, StsRefusal refusal, AnswerFormat format, String requestId) {
    return new Verdict(
        action,
        Optional.of(refusal.code()),
        format.error(refusal.code(), refusal.text(), requestId));
  }
}
