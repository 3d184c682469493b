package dev.rolecall.identity.internal;

import java.io.IOException;

/** The end of an HTTP exchange whose answer went over its bound. */
public final class AnswerTooLongException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * An answer of more bytes than that.
   *
   * @param most the most bytes
   */
  public AnswerTooLongException(int most) {
    super("the answer has more than " + most + " bytes");
  }
}
