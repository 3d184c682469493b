package dev.rolecall.cli.access.client;

import dev.rolecall.cli.connect.ChannelSecurity;
import dev.rolecall.cli.connect.CredentialKind;
import dev.rolecall.cli.connect.ServerProbe;
import dev.rolecall.cli.failure.CallFailure;
import dev.rolecall.cli.report.CallReport;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.cli.terminal.Paragraph;
import dev.rolecall.cli.terminal.Visible;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.MethodPath;
import io.grpc.Status;
import java.io.PrintWriter;
import java.util.Optional;

/**
 * The report of a call of the access service that failed. The service's own refusals are told in
 * its words; those of the guard before it, and failures of the connection, as of any call.
 *
 * @param server the service's address
 * @param security how its connection was to be secured
 * @param audience the name it goes by
 * @param kind the kind of the credential that the call brought
 */
record AccessReport(
    String server, ChannelSecurity security, Audience audience, CredentialKind kind) {

  private static final int MOST_DETAILS = 16;

  /**
   * Says it.
   *
   * @return 1 where the service or its guard said no, 2 where nothing did
   */
  int print(PrintWriter err, AccessCallException thrown) {
    CallFailure failure = thrown.failure();
    MethodPath method = MethodPath.ofFullMethodName(thrown.method());
    if (failure.knownReason().filter(AccessReport::isOfRules).isPresent()) {
      return notListed(err, failure);
    }
    if (failure.reason().isEmpty() || failure.knownReason().isPresent()) {
      int status =
          new CallReport(server, security, Optional.of(audience), kind, ServerProbe.TIMEOUT)
              .print(err, method, failure);
      if (failure.status().getCode() == Status.Code.UNIMPLEMENTED) {
        err.println(
            Paragraph.advice(
                server
                    + " is no access service, or an older one than this command: correct --server"));
      }
      return status;
    }
    return ofService(err, failure);
  }

  private static boolean isOfRules(RefusalReason reason) {
    return reason == RefusalReason.METHOD_NOT_ALLOWED;
  }

  /** The policy before the service is made of its rules. */
  private static int notListed(PrintWriter err, CallFailure failure) {
    err.println("rolecall: " + failure.text());
    failure
        .details()
        .said("role")
        .or(() -> failure.details().said("principal"))
        .ifPresent(text -> err.println("  caller    " + Visible.line(text)));
    err.println(
        Paragraph.advice(
            "the rules of the access service do not let this caller do that: 'rolecall access"
                + " whoami' shows how the service knows it; requesters, reviewers, admins and"
                + " enforcers stand in the rules file"));
    return ExitStatus.NO;
  }

  private static int ofService(PrintWriter err, CallFailure failure) {
    boolean isNo = isNo(failure.status().getCode());
    err.println("rolecall: " + (isNo ? "refused: " : "could not tell: ") + sentence(failure));
    failure
        .reason()
        .ifPresent(
            reason ->
                err.println(
                    "  reason    "
                        + Visible.line(reason)
                        + " ("
                        + failure.status().getCode()
                        + ")"));
    failure.details().info().stream()
        .flatMap(info -> info.getMetadataMap().entrySet().stream())
        .limit(MOST_DETAILS)
        .forEach(
            detail ->
                err.println(
                    Paragraph.of(
                        String.format("  %-9.40s ", Visible.line(detail.getKey())),
                        Visible.line(detail.getValue()))));
    failure.details().lines().forEach(line -> err.println("  " + line));
    return isNo ? ExitStatus.NO : ExitStatus.COULD_NOT_TELL;
  }

  /** Without the reason that it begins with, which has a line of its own. */
  private static String sentence(CallFailure failure) {
    String words = Optional.ofNullable(failure.status().getDescription()).orElse("no words");
    String reason = failure.reason().map(name -> name + ": ").orElse("");
    return Visible.line(words.startsWith(reason) ? words.substring(reason.length()) : words);
  }

  /** The service has read the request and says no; any other code leaves that open. */
  private static boolean isNo(Status.Code code) {
    return switch (code) {
      case PERMISSION_DENIED,
          UNAUTHENTICATED,
          FAILED_PRECONDITION,
          INVALID_ARGUMENT,
          OUT_OF_RANGE,
          NOT_FOUND,
          ALREADY_EXISTS,
          ABORTED,
          UNIMPLEMENTED ->
          true;
      default -> false;
    };
  }
}
