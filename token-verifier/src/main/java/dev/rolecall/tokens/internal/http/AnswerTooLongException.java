package dev.rolecall.tokens.internal.http;

import java.io.IOException;

/** The end of an exchange whose body went over its limit. */
public final class AnswerTooLongException extends IOException {

  private static final long serialVersionUID = 1L;

  /** A body of more than that many bytes. */
  public AnswerTooLongException(int longest) {
    super("a body of more than " + longest + " bytes");
  }
}
