package dev.rolecall.apikeys;

/**
 * Thrown where a file of API keys cannot be read or changed, or is none. The message names the file
 * and the line, what would be right, and no secret.
 */
public final class KeyFileException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  KeyFileException(String message) {
    super(message);
  }

  KeyFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
