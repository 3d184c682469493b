package dev.rolecall.cli.front;

import dev.rolecall.access.AccessControlBuilder;
import dev.rolecall.access.AuditRules;
import dev.rolecall.access.audit.AuditCondition;
import dev.rolecall.access.audit.AuditLog;
import dev.rolecall.cli.failure.CommandFailure;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say where decisions are recorded, and whether a refusal is only recorded. */
public final class RecordOptions {

  @Mixin AuditFileOption auditFile;

  @Option(
      names = "--audit-request-ids",
      description =
          "Name the request in each record by its headers x-request-id and traceparent. Anyone may"
              + " choose them.")
  boolean namingRequests;

  @Option(
      names = "--admit-and-record",
      description =
          "Admit every call, and record each that would have been refused. Nothing is protected"
              + " while this is given: it is for the time of a migration.")
  boolean admittingAndRecording;

  /** Has no file made or opened from now on. */
  public void onlyCheck() {
    auditFile.onlyCheck();
  }

  /** A line for the person who starts the server; empty where refused calls are closed. */
  public String note() {
    return admittingAndRecording
        ? "warning: every call is admitted and recorded; nothing is refused"
        : "";
  }

  /**
   * The control of those options, or what has it within.
   *
   * @param making makes it of the builder
   * @throws CommandFailure if the audit file cannot be opened
   */
  public <T> T built(AccessControlBuilder builder, Function<AccessControlBuilder, T> making) {
    return built(builder, ServedFeed.none(), making);
  }

  /**
   * The control of those options, or what has it within.
   *
   * @param feed gets every record too, whatever the options
   * @param making makes it of the builder
   * @throws CommandFailure if the audit file cannot be opened
   */
  public <T> T built(
      AccessControlBuilder builder, ServedFeed feed, Function<AccessControlBuilder, T> making) {
    if (admittingAndRecording) {
      builder.admitAndRecordInsteadOfRefusing();
    }
    AuditRules rules =
        namingRequests ? AuditRules.ofDefaults().namingRequests() : AuditRules.ofDefaults();
    Optional<AuditLog> opened = auditFile.opened();
    if (opened.isEmpty()) {
      return making.apply(builder.audit(feed.beside(rules)));
    }
    AuditLog log = opened.get();
    try {
      return making.apply(builder.audit(feed.beside(rules.to(log).on(AuditCondition.BOTH))));
    } catch (RuntimeException | Error e) {
      log.close();
      throw e;
    }
  }
}
