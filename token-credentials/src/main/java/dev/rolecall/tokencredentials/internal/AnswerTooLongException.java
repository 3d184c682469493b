package dev.rolecall.tokencredentials.internal;

import java.io.IOException;

/** Thrown where an answer is longer than is read. */
public final class AnswerTooLongException extends IOException {

  private static final long serialVersionUID = 1L;

  AnswerTooLongException(int bound) {
    super("the answer has more than " + bound + " bytes");
  }
}
