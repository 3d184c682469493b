package dev.rolecall.cli.console;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.failure.IoWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that sends a browser on to a link. Other users of the machine can read the arguments of a
 * browser's process, and not this file: it is its owner's alone.
 */
final class LinkFile implements AutoCloseable {

  private final Path file;

  private LinkFile(Path file) {
    this.file = file;
  }

  /**
   * Writes it, with mode 0600 where the file system has modes.
   *
   * @param link of characters that HTML takes as they are
   * @throws CommandFailure if it cannot be written
   */
  static LinkFile to(String link) {
    try {
      LinkFile made = new LinkFile(Files.createTempFile("rolecall-console", ".html"));
      Files.writeString(made.file, page(link), US_ASCII);
      return made;
    } catch (IOException e) {
      throw new CommandFailure("no file for the browser can be written: " + IoWords.why(e), e);
    }
  }

  private static String page(String link) {
    return "<!doctype html><meta charset=\"utf-8\"><meta name=\"referrer\" content=\"no-referrer\">"
        + "<meta http-equiv=\"refresh\" content=\"0;url="
        + link
        + "\"><title>Rolecall</title>\n";
  }

  Path file() {
    return file;
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // Going on is safe: the link in it opens nothing once it was used, or a minute is over.
    }
  }
}
