package dev.rolecall.cli.keys;

import dev.rolecall.apikeys.KeyFile;
import dev.rolecall.apikeys.KeyFileException;
import dev.rolecall.cli.failure.CommandFailure;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.function.BiFunction;
import picocli.CommandLine.Option;

/** The option that names the file of keys. One mix-in, so that every command spells it alike. */
final class KeysOption {

  @Option(
      names = "--keys",
      required = true,
      paramLabel = "FILE",
      description = "The file that holds the hashes of the keys.")
  Path file;

  /**
   * Does something with the file, at the time that it is.
   *
   * @throws CommandFailure if the file cannot be read or changed
   */
  <T> T apply(BiFunction<KeyFile, Instant, T> use) {
    try {
      return use.apply(KeyFile.at(file), Clock.systemUTC().instant());
    } catch (KeyFileException e) {
      throw new CommandFailure("--keys: " + e.getMessage(), e);
    }
  }
}
