package dev.rolecall.verifier.sts;

import java.io.IOException;

/** A body went past {@link StsTransport#MAX_BODY}. */
final class AnswerTooLongException extends IOException {

  private static final long serialVersionUID = 1L;

  AnswerTooLongException() {
    super("STS answered more than " + StsTransport.MAX_BODY + " bytes");
  }
}
