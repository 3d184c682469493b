package dev.rolecall.jwt.ring;

/**
 * Thrown where a key ring's file cannot be read or changed, or is none. The message names the file
 * and what would be right, and no secret.
 */
public final class KeyRingFileException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  KeyRingFileException(String message) {
    super(message);
  }

  KeyRingFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
