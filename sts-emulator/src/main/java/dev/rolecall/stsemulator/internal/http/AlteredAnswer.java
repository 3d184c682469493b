package dev.rolecall.stsemulator.internal.http;

import dev.rolecall.stsemulator.internal.answer.Answer;
import dev.rolecall.stsemulator.internal.answer.AnswerFormat;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** The true answer with one property changed. */
public final class AlteredAnswer extends AnswerFault {

  private final UnaryOperator<Answer> change;

  private AlteredAnswer(String description, UnaryOperator<Answer> change) {
    super(description);
    this.change = change;
  }

  /** The true answer under another content type. */
  public static AnswerFault labelled(String contentType) {
    return new AlteredAnswer("content type", answer -> answer.withContentType(contentType));
  }

  /** The true answer after that many blanks. */
  public static AnswerFault padded(int bytes) {
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
