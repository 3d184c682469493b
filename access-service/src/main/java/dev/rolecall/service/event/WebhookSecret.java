package dev.rolecall.service.event;

import dev.rolecall.identity.internal.InvalidValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A secret that signs the messages of a webhook. It is never printed. */
public final class WebhookSecret {

  private static final int SHORTEST = 32;
  private static final int LONGEST = 1024;
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  private WebhookSecret(byte[] bytes) {
    if (bytes.length < SHORTEST || bytes.length > LONGEST) {
      throw InvalidValue.of(
          "webhook secret", bytes.length + " bytes", SHORTEST + " to " + LONGEST + " bytes");
    }
    this.key = new SecretKeySpec(bytes, ALGORITHM);
  }

  /**
   * The one line of a file, in UTF-8, without its end.
   *
   * @throws IllegalArgumentException if the file cannot be read, or has not 32 to 1,024 bytes
   */
  public static WebhookSecret inFile(Path file) {
    try {
      if (Files.size(file) > LONGEST + 2) {
        throw InvalidValue.of("webhook secret file", file.toString(), "at most 1024 bytes");
      }
      return of(Files.readString(file).replaceFirst("\\R\\z", ""));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "webhook secret file: " + file + " cannot be read (expected: one line with the secret)",
          e);
    }
  }

  /**
   * A secret.
   *
   * @throws IllegalArgumentException if it has not 32 to 1,024 bytes in UTF-8
   */
  public static WebhookSecret of(String text) {
    return new WebhookSecret(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The HMAC-SHA256 (RFC 2104) of a text, in lower-case hexadecimal. */
  String sign(String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  @Override
  public String toString() {
    return "WebhookSecret[****]";
  }
}
