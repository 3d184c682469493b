package dev.rolecall.stsemulator;

import java.util.Arrays;
import java.util.function.UnaryOperator;

/** The true answer with something changed about it. */
final class AlteredAnswer extends Fault {

  private final UnaryOperator<Answer> change;

  private AlteredAnswer(String description, UnaryOperator<Answer> change) {
    super(description);
    this.change = change;
  }

  static Fault labelled(String contentType) {
    return new AlteredAnswer("content type", answer -> answer.withContentType(contentType));
  }

  static Fault padded(int bytes) {
    return new AlteredAnswer("huge", answer -> answer.withBody(padded(answer.body(), bytes)));
  }

  private static byte[] padded(byte[] body, int bytes) {
    byte[] padded = new byte[bytes + body.length];
    Arrays.fill(padded, 0, bytes, (byte) ' ');
    System.arraycopy(body, 0, padded, bytes, body.length);
    return padded;
  }

  @Override
  Answer answerInstead(Answer answer, AnswerFormat format, String requestId) {
    return change.apply(answer);
  }

  @Override
  boolean keepsVerdict() {
    return false;
  }
}
