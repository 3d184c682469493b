package dev.rolecall.cli.front;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.audit.AuditFileRules;
import dev.rolecall.access.audit.AuditLog;
import dev.rolecall.cli.arguments.ByteCount;
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

  @Option(
      names = "--audit-rotate-at",
      paramLabel = "SIZE",
      description =
          "Rename the audit file from that size on, as 64M, to FILE.000001 and so on, and begin a"
              + " new one. Default: never.")
  @Nullable ByteCount rotateAt;

  @Option(
      names = "--audit-keep",
      paramLabel = "N",
      description = "Delete all but the newest N of those. Default: none.")
  @Nullable Integer keep;

  @Option(
      names = "--audit-sync",
      description = "Wait for the disk each time records are written: they survive a power cut.")
  boolean sync;

  @Option(
      names = "--audit-hash-chain",
      description = "Put into each line the hash of itself and of the line before.")
  boolean hashChain;

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
      checkNoRules();
      return Optional.empty();
    }
    AuditFileRules rules = rules();
    if (onlyChecked) {
      check(file);
      return Optional.empty();
    }
    try {
      return Optional.of(AuditLog.toFile(file, rules));
    } catch (UncheckedIOException e) {
      throw new CommandFailure(
          "--audit-file: "
              + file
              + ": cannot be written: "
              + IoWords.whyNotWritten(requireNonNull(e.getCause())),
          e);
    }
  }

  private void checkNoRules() {
    if (rotateAt != null || keep != null || sync || hashChain) {
      throw new CommandFailure(
          "--audit-rotate-at, --audit-keep, --audit-sync and --audit-hash-chain are about a file"
              + " (expected: --audit-file beside them)");
    }
  }

  private AuditFileRules rules() {
    AuditFileRules rules = AuditFileRules.ofDefaults();
    if (sync) {
      rules = rules.syncingEachFlush();
    }
    if (hashChain) {
      rules = rules.withHashChain();
    }
    long bytes = rotateAt == null ? 0 : rotateAt.bytes();
    int kept = keep == null ? 0 : keep;
    if (kept > 0 && bytes == 0) {
      throw new CommandFailure(
          "--audit-keep: nothing is deleted unless --audit-rotate-at is given");
    }
    try {
      return rules.rotatedAt(bytes, kept);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("--audit-rotate-at, --audit-keep: " + e.getMessage(), e);
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
