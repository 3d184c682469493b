package dev.rolecall.tokens.internal.introspection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/**
 * The file of this server's client id and secret, two lines. It is read for each request, so that a
 * rotated secret needs no restart.
 *
 * @param path where it is
 */
record ClientFile(Path path) {

  private static final long MOST_BYTES = 8_192;

  ClientFile {
    requireNonNull(path, "path");
  }

  /**
   * The value of {@code Authorization} by HTTP Basic, a secret. Both halves are form-encoded first
   * (RFC 6749, section 2.3.1). Blocks on the file.
   *
   * @throws IOException if it cannot be read, or does not have two lines; the message quotes
   *     nothing of it
   */
  String authorization() throws IOException {
    if (Files.size(path) > MOST_BYTES) {
      throw new IOException("the file of the client id and secret is longer than 8 KiB");
    }
    List<String> lines = Files.readAllLines(path, UTF_8);
    if (lines.size() != 2 || lines.get(0).isBlank() || lines.get(1).isBlank()) {
      throw new IOException("the file of the client id and secret does not have two lines");
    }
    String both = encoded(lines.get(0)) + ":" + encoded(lines.get(1));
    return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(US_ASCII));
  }

  private static String encoded(String line) {
    return URLEncoder.encode(line.strip(), UTF_8);
  }
}
