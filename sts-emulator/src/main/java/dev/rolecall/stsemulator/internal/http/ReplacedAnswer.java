package dev.rolecall.stsemulator.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rolecall.stsemulator.internal.answer.Answer;
import dev.rolecall.stsemulator.internal.answer.AnswerFormat;
import dev.rolecall.stsemulator.protocol.StsErrorCode;
import java.net.URI;

/** A false answer in place of the true one. */
public final class ReplacedAnswer extends AnswerFault {

  /** Writes the answer in the format the request asked for. */
  @FunctionalInterface
  private interface Replacement {
    Answer in(AnswerFormat format, String requestId);
  }

  private final Replacement replacement;

  private ReplacedAnswer(String description, Replacement replacement) {
    super(description);
    this.replacement = replacement;
  }

  /** An error document, in the format that the request asked for. */
  public static AnswerFault byError(StsErrorCode code, String message) {
    return new ReplacedAnswer(
        code.wireName(), (format, requestId) -> format.error(code, message, requestId));
  }

  /** An answer with that body, in UTF-8. */
  public static AnswerFault byText(int status, String contentType, String body) {
    Answer answer = new Answer(status, contentType, body.getBytes(UTF_8));
    return new ReplacedAnswer("answer " + status, (format, requestId) -> answer);
  }

  /** A redirect to that location. */
  public static AnswerFault byRedirect(int status, URI location) {
    Answer answer =
        new Answer(status, "text/html", new byte[0]).withHeader("Location", location.toString());
    return new ReplacedAnswer("redirect " + status, (format, requestId) -> answer);
  }

  @Override
  Answer answerInstead(Answer answer, AnswerFormat format, String requestId) {
    return replacement.in(format, requestId);
  }

  @Override
  boolean keepsVerdict() {
    return false;
  }
}
