package dev.rolecall.cli.console.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** Random texts of 256 bits, and their digests, which are what is kept and compared. */
final class Secrets {

  private static final int BYTES = 32;
  private static final Base64.Encoder URL_SAFE = Base64.getUrlEncoder().withoutPadding();

  private final SecureRandom random;

  Secrets(SecureRandom random) {
    this.random = random;
  }

  /** A new one, of 43 characters that a URL takes as they are. */
  String next() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return URL_SAFE.encodeToString(bytes);
  }

  /** The digest of a text, whatever it is. */
  static String digest(String text) {
    try {
      return URL_SAFE.encodeToString(
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every JDK", e);
    }
  }

  /** Compares in a time that says nothing about where they differ. */
  static boolean isSame(String one, String other) {
    return MessageDigest.isEqual(one.getBytes(UTF_8), other.getBytes(UTF_8));
  }
}
