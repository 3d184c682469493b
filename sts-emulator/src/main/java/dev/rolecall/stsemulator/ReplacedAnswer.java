package dev.rolecall.stsemulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;

/** Another answer than the true one. */
final class ReplacedAnswer extends Fault {

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

  static Fault byError(StsErrorCode code, String message) {
    return new ReplacedAnswer(
        code.wireName(), (format, requestId) -> format.error(code, message, requestId));
  }

  static Fault byText(int status, String contentType, String body) {
    Answer answer = new Answer(status, contentType, body.getBytes(UTF_8));
    return new ReplacedAnswer("answer " + status, (format, requestId) -> answer);
  }

  static Fault byRedirect(int status, URI location) {
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
