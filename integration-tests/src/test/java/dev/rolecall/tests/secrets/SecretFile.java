package dev.rolecall.tests.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The secrets of a run, each with what it is, in a file. They are an emulator's, good nowhere. */
final class SecretFile {

  private static final String BETWEEN = "\t";

  private final Map<String, String> known = new ConcurrentHashMap<>();
  private final Writer out;

  /** An empty file in place of whatever is there. */
  SecretFile(Path file) throws IOException {
    this.out = Files.newBufferedWriter(file);
  }

  void add(String what, String secret) {
    if (known.putIfAbsent(secret, what) != null) {
      return;
    }
    synchronized (out) {
      try {
        out.write(what + BETWEEN + secret + "\n");
        out.flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** What each secret is. */
  Map<String, String> all() {
    return Map.copyOf(known);
  }

  /** The secrets of a file that is complete. */
  static Map<String, String> read(Path file) throws IOException {
    Map<String, String> secrets = new ConcurrentHashMap<>();
    try (Stream<String> lines = Files.lines(file, UTF_8)) {
      lines.forEach(
          line -> {
            String[] parts = line.split(BETWEEN, 2);
            Optional.ofNullable(secrets.putIfAbsent(parts[1], parts[0]))
                .ifPresent(
                    earlier -> {
                      throw new IllegalStateException("a secret twice: " + earlier);
                    });
          });
    }
    return secrets;
  }
}
