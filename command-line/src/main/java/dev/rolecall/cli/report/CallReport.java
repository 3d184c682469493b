package dev.rolecall.cli.report;

import dev.rolecall.cli.connect.ChannelSecurity;
import dev.rolecall.cli.connect.CredentialKind;
import dev.rolecall.cli.failure.CallFailure;
import dev.rolecall.cli.schema.SchemaUnavailableException;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.cli.terminal.Paragraph;
import dev.rolecall.cli.terminal.ShellWord;
import dev.rolecall.cli.terminal.Visible;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.Principal;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.MethodPath;
import io.grpc.Status;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The report of a call that failed: the words of the server or the connection, the refused caller
 * and method, and advice for the end that can help.
 *
 * @param server where it was sent
 * @param security how its connection was to be secured
 * @param audience the audience of its proof; empty for a call without one
 * @param kind the kind of the credential that it brought
 * @param patience for each step of asking the address what it is
 */
public record CallReport(
    String server,
    ChannelSecurity security,
    Optional<Audience> audience,
    CredentialKind kind,
    Duration patience) {

  /** The reflection services there are, as policies name them. */
  static final String REFLECTION =
      "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo and"
          + " /grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo";

  /** How a server says to ask for a grant. */
  private static final Pattern HOW_TO_ASK =
      Pattern.compile(
          "(?:Ask for it with: )?(rolecall access request [a-z0-9._-]{1,64} --server [A-Za-z0-9._:\\[\\]/-]{1,300})");

  /**
   * Says it of a call of that method.
   *
   * @return the exit status
   */
  public int print(PrintWriter err, MethodPath method, CallFailure failure) {
    err.println("rolecall: " + failure.text());
    rest(err, method, failure);
    return status(failure);
  }

  /** Says it of the question for the server's schema. */
  public int printOfReflection(PrintWriter err, SchemaUnavailableException thrown) {
    CallFailure failure = thrown.failure();
    if (failure.isConnections() || failure.isOfThisEnd()) {
      err.println("rolecall: " + failure.text());
    } else {
      err.println("rolecall: server reflection " + failure.text());
    }
    if (failure.status().getCode() == Status.Code.UNIMPLEMENTED) {
      advise(err, "the server has no reflection service: give --descriptor-set FILE");
      return status(failure);
    }
    boolean isServers = failure.isRefusal() && !failure.isOfThisEnd();
    if (isServers && audience.isEmpty() && mayBeWithoutCredential(failure)) {
      advise(err, "the server's reflection service asks who calls: see --audience");
    }
    if (isServers && mayBeOfReflectionAlone(failure)) {
      advise(
          err,
          "it is reflection that was refused, and not the method: allow "
              + REFLECTION
              + " in the server's policy, or give --descriptor-set FILE, which asks the server for"
              + " nothing");
    }
    rest(err, thrown.method(), failure);
    return status(failure);
  }

  /** Whether another call with the same proof might be admitted: other reasons stop them all. */
  private static boolean mayBeOfReflectionAlone(CallFailure failure) {
    return failure
        .knownReason()
        .map(
            reason ->
                reason == RefusalReason.METHOD_NOT_ALLOWED
                    || reason == RefusalReason.CREDENTIAL_MISSING)
        .orElse(true);
  }

  private static boolean mayBeWithoutCredential(CallFailure failure) {
    return failure
        .knownReason()
        .map(reason -> reason == RefusalReason.CREDENTIAL_MISSING)
        .orElse(true);
  }

  private static int status(CallFailure failure) {
    return failure.isRefusal() ? ExitStatus.NO : ExitStatus.COULD_NOT_TELL;
  }

  private void rest(PrintWriter err, MethodPath method, CallFailure failure) {
    failure.details().lines().forEach(line -> err.println("  " + line));
    Optional<RefusalReason> reason = failure.knownReason();
    if (reason.isPresent()) {
      refused(err, method, failure, reason.get());
    } else if (failure.isConnections()) {
      ConnectionAdvice.on(failure, server, security, patience)
          .ifPresent(words -> advise(err, words));
    } else if (failure.isOfThisEnd() || (failure.isRefusal() && failure.reason().isEmpty())) {
      ConnectionAdvice.onUnexplained(failure).ifPresent(words -> advise(err, words));
    }
  }

  private void refused(
      PrintWriter err, MethodPath method, CallFailure failure, RefusalReason reason) {
    failure
        .details()
        .said("role")
        .ifPresent(arn -> err.println("  role      " + Visible.line(arn)));
    failure
        .details()
        .said("principal")
        .ifPresent(text -> err.println("  principal " + Visible.line(text)));
    err.println("  method    " + Visible.line(method.value()));
    audience.ifPresent(name -> err.println("  audience  " + name));
    failure
        .details()
        .said("permission")
        .ifPresent(name -> err.println("  needs     a grant of " + Visible.line(name)));
    failure
        .details()
        .said("resource")
        .ifPresent(name -> err.println("  for       " + Visible.line(name)));
    failure
        .details()
        .said("serverTime")
        .ifPresent(time -> err.println("  server's time  " + Visible.line(time)));
    // A server's word: only what is this one command is printed to be pasted.
    Optional<String> ask =
        failure
            .details()
            .said("howToAsk")
            .map(HOW_TO_ASK::matcher)
            .filter(Matcher::matches)
            .map(how -> "ask for it, with --for and --reason:\n" + how.group(1));
    ask.ifPresent(words -> advise(err, words));
    if (ask.isEmpty() || reason != RefusalReason.GRANT_REQUIRED) {
      advise(err, RefusalAdvice.on(reason, kind));
    }
    if (reason == RefusalReason.METHOD_NOT_ALLOWED) {
      failure
          .details()
          .caller()
          .ifPresent(
              caller -> err.println(Paragraph.of("     ", explain(policyFile(), caller, method))));
    }
  }

  private String policyFile() {
    return audience.map(Audience::name).orElse("policy") + ".yaml";
  }

  /** The line that says why, to be pasted where the server's policy is. */
  public static String explain(String policy, Principal caller, MethodPath method) {
    return "rolecall policy explain "
        + ShellWord.of(policy)
        + (caller instanceof IamRole ? " --role " : " --caller ")
        + ShellWord.of(caller.text())
        + " --method "
        + ShellWord.of(method.value());
  }

  private static void advise(PrintWriter err, String words) {
    err.println(Paragraph.advice(words));
  }
}
