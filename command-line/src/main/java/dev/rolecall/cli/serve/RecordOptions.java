package dev.rolecall.cli.serve;

import dev.rolecall.access.AuditRules;
import dev.rolecall.access.audit.AuditCondition;
import dev.rolecall.access.audit.AuditLog;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.front.AuditFileOption;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.guard.CallGuardBuilder;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say where decisions are recorded, and whether a refusal is only recorded. */
final class RecordOptions {

  @Mixin AuditFileOption auditFile;

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
    Optional<AuditLog> opened = auditFile.opened();
    if (opened.isEmpty()) {
      return builder.build();
    }
    AuditLog log = opened.get();
    try {
      return builder.audit(AuditRules.ofDefaults().to(log).on(AuditCondition.BOTH)).build();
    } catch (RuntimeException | Error e) {
      log.close();
      throw e;
    }
  }
}
