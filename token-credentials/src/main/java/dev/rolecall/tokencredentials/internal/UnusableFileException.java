package dev.rolecall.tokencredentials.internal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;

/** Thrown where a file cannot be used: the message names it and quotes nothing of its content. */
public final class UnusableFileException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * A file that breaks a rule.
   *
   * @param problem the rule that it breaks
   * @param expected the rule
   */
  public UnusableFileException(Path file, String problem, String expected) {
    super(requireNonNull(file, "file") + ": " + problem + " (expected: " + expected + ")");
  }
}
