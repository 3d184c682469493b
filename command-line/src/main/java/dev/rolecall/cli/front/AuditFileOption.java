package dev.rolecall.cli.front;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.audit.AuditLog;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.failure.IoWords;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that names a file for the decisions on calls. */
public final class AuditFileOption {

  @Option(
      names = "--audit-file",
      paramLabel = "FILE",
      description =
          "Append a line of JSON for each decision, admitted calls too. Rotate it by renaming it."
              + " Default: refusals alone, to the log rolecall.audit.")
  @Nullable Path file;

  private boolean onlyChecked;

  /** Has no file made or opened from now on: it would be the user's who checks. */
  void onlyCheck() {
    onlyChecked = true;
  }

  /**
   * Opens the file, where one is named.
   *
   * @throws CommandFailure if it cannot be opened
   */
  public Optional<AuditLog> opened() {
    if (file == null) {
      return Optional.empty();
    }
    if (onlyChecked) {
      check(file);
      return Optional.empty();
    }
    try {
      return Optional.of(AuditLog.toFile(file));
    } catch (UncheckedIOException e) {
      throw new CommandFailure(
          "--audit-file: "
              + file
              + ": cannot be written: "
              + IoWords.whyNotWritten(requireNonNull(e.getCause())),
          e);
    }
  }

  private static void check(Path file) {
    Path target = Files.exists(file) ? file : file.toAbsolutePath().getParent();
    if (Files.isDirectory(file) || target == null || !Files.isWritable(target)) {
      throw new CommandFailure(
          "--audit-file: "
              + file
              + ": cannot be written (expected: a file, or one to be made in a folder that exists)");
    }
  }
}
