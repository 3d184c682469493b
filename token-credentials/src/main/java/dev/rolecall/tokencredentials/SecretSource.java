package dev.rolecall.tokencredentials;

import static java.util.Objects.requireNonNull;

import dev.rolecall.tokencredentials.internal.SecretFile;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The place of a secret. It is asked at each renewal, so a secret that was replaced is used without
 * a restart. Safe for use by many threads.
 *
 * <p>A lambda serves for places that Rolecall does not know. It runs on a thread of its own and may
 * block; calls hear that it hangs after ten seconds.
 */
@FunctionalInterface
public interface SecretSource {

  /**
   * The secret as it is now.
   *
   * @throws IOException if it cannot be had; the message is shown nowhere, since it may hold a
   *     secret
   */
  String read() throws IOException;

  /**
   * The content of a file, read each time: at most 64 KiB of UTF-8, without the white space around
   * it. A path that reads as a file once it is needed will do.
   */
  static SecretSource file(Path file) {
    requireNonNull(file, "file");
    return () -> SecretFile.read(file);
  }
}
