package dev.rolecall.cli.serve;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.AuditRules;
import dev.rolecall.access.audit.AuditCondition;
import dev.rolecall.access.audit.AuditLog;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.failure.IoWords;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.guard.CallGuardBuilder;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where decisions are recorded, and whether a refusal is only recorded. */
final class RecordOptions {

  @Option(
      names = "--audit-file",
      paramLabel = "FILE",
      description =
          "Append a line of JSON for each decision, admitted calls too. Rotate it by renaming it."
              + " Default: refusals alone, to the log rolecall.audit.")
  @Nullable Path auditFile;

  @Option(
      names = "--admit-and-record",
      description =
          "Admit every call, and record each that would have been refused. Nothing is protected"
              + " while this is given: it is for the time of a migration.")
  boolean admittingAndRecording;

  /** A line for the person who starts the server; empty where refused calls are closed. */
  String note() {
    return admittingAndRecording
        ? "warning: every call is admitted and recorded; nothing is refused"
        : "";
  }

  /**
   * The guard of those options.
   *
   * @throws CommandFailure if the audit file cannot be opened
   */
  CallGuard built(CallGuardBuilder builder) {
    if (admittingAndRecording) {
      builder.admitAndRecordInsteadOfRefusing();
    }
    if (auditFile == null) {
      return builder.build();
    }
    AuditLog log = opened(auditFile);
    try {
      return builder.audit(AuditRules.ofDefaults().to(log).on(AuditCondition.BOTH)).build();
    } catch (RuntimeException | Error e) {
      log.close();
      throw e;
    }
  }

  private static AuditLog opened(Path file) {
    try {
      return AuditLog.toFile(file);
    } catch (UncheckedIOException e) {
      throw new CommandFailure(
          "--audit-file: "
              + file
              + ": cannot be written: "
              + IoWords.whyNotWritten(requireNonNull(e.getCause())),
          e);
    }
  }
}
