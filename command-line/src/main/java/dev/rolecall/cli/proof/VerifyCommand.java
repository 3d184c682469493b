package dev.rolecall.cli.proof;

import dev.rolecall.access.lookup.CallerLookup;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.cli.connect.CredentialKind;
import dev.rolecall.cli.input.CertificateFile;
import dev.rolecall.cli.options.JsonOption;
import dev.rolecall.cli.options.VerifierOptions;
import dev.rolecall.cli.report.RefusalAdvice;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.cli.terminal.JsonOutput;
import dev.rolecall.cli.terminal.Paragraph;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code rolecall verify}: the signer of a proof, or the reason why it is refused. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description =
        "Say which role made a proof, or whose another credential is; or why it is refused.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:a valid proof",
      "1:refused",
      "2:could not tell, such as when STS is down or no proof was given"
    },
    footerHeading = "%nFor example:%n",
    footer = {
      "  rolecall token --audience orders | rolecall verify --audience orders -",
      "",
      "No AWS credentials are needed: STS says who signed the proof."
    })
public final class VerifyCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "TOKEN",
      description =
          "The proof or other credential, with or without 'Bearer ' before it, or what 'token"
              + " --json' prints; - reads it from standard input.")
  String token;

  @Option(
      names = "--audience",
      required = true,
      paramLabel = "NAME",
      description = "The audience that the proof must be for: the name that the server goes by.")
  Audience audience;

  @Option(
      names = "--server-cert",
      paramLabel = "FILE",
      description = "Accept a proof bound to the certificate in this PEM file.")
  @Nullable Path serverCertificate;

  @Mixin VerifierOptions verifying;

  @Mixin JsonOption json;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    Set<BindingHash> certificates =
        serverCertificate == null
            ? Set.of()
            : Set.of(CertificateFile.hash("--server-cert", serverCertificate));
    String proof = PresentedProof.of(token);
    try (CallerLookup callers = verifying.lookup(audience)) {
      Verification verification =
          callers.find(Credential.bearer(proof), new Connection("local", certificates)).join();
      return verification.fold(
          verified -> good(verified.caller()),
          refused -> bad(proof, "refused", refused.reason(), ExitStatus.NO),
          unavailable ->
              bad(proof, "unavailable", unavailable.reason(), ExitStatus.COULD_NOT_TELL));
    }
  }

  private int good(Caller caller) {
    Map<String, String> said = VerifiedCaller.of(caller);
    PrintWriter out = spec.commandLine().getOut();
    if (json.isAsked()) {
      JsonOutput.print(
          out,
          object -> {
            object.writeStringField("result", "verified");
            for (Map.Entry<String, String> each : said.entrySet()) {
              object.writeStringField(each.getKey(), each.getValue());
            }
          });
    } else {
      said.forEach((field, value) -> out.printf("%-10s %s%n", VerifiedCaller.label(field), value));
    }
    return ExitStatus.YES;
  }

  private int bad(String credential, String result, RefusalReason reason, int status) {
    if (json.isAsked()) {
      JsonOutput.print(
          spec.commandLine().getOut(),
          object -> {
            object.writeStringField("result", result);
            object.writeStringField("reason", reason.name());
            object.writeStringField("description", reason.description());
          });
    } else {
      spec.commandLine()
          .getErr()
          .printf(
              "rolecall: %s: %s: %s%n%s%n",
              result,
              reason,
              reason.description(),
              Paragraph.advice(RefusalAdvice.on(reason, CredentialKind.of(credential))));
    }
    return status;
  }
}
