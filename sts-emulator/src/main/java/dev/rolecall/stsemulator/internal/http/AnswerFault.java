package dev.rolecall.stsemulator.internal.http;

import dev.rolecall.stsemulator.internal.answer.Answer;
import dev.rolecall.stsemulator.internal.answer.AnswerFormat;
import java.time.Instant;

/**
 * A deviation of one answer from the true one: in its time, its content or its delivery. Immutable.
 * A fault of one request never holds up another.
 */
public abstract sealed class AnswerFault
    permits ReplacedAnswer, AlteredAnswer, DisturbedDelivery, SkewedClock {

  private final String description;

  AnswerFault(String description) {
    this.description = description;
  }

  /** The time at which a request is judged. */
  Instant judgedAt(Instant now) {
    return now;
  }

  /** The answer in place of the true one. */
  Answer answerInstead(Answer answer, AnswerFormat format, String requestId) {
    return answer;
  }

  /** The way in which the answer is sent. */
  Delivery delivery() {
    return Delivery.WHOLE;
  }

  /** Whether the client still learns the true verdict. */
  abstract boolean keepsVerdict();

  /** A few words for logs and tests. */
  @Override
  public String toString() {
    return description;
  }
}
