package dev.rolecall.verifier.internal.http;

import dev.rolecall.verifier.internal.answer.StsResponse;
import java.io.IOException;

/** A body went past {@link StsResponse#MAX_BODY}. */
public final class AnswerTooLongException extends IOException {

  private static final long serialVersionUID = 1L;

  AnswerTooLongException() {
    super("STS answered more than " + StsResponse.MAX_BODY + " bytes");
  }
}
