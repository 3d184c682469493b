package dev.rolecall.cli.tls;

import dev.rolecall.cli.arguments.ServerAddress;
import dev.rolecall.cli.connect.ServerHandshake;
import dev.rolecall.cli.connect.ServerProbe;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.failure.IoWords;
import dev.rolecall.cli.options.JsonOption;
import dev.rolecall.cli.options.StsOptions;
import dev.rolecall.cli.report.ConnectionAdvice;
import dev.rolecall.cli.terminal.JsonOutput;
import dev.rolecall.cli.terminal.Paragraph;
import dev.rolecall.identity.Audience;
import dev.rolecall.tls.certificate.AttestedCertificate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The command {@code rolecall tls inspect}: the attestation of a server, and its confirmation by
 * STS.
 */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description = "Say what a server attests in its TLS handshake, and whether STS confirms it.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:confirmed: the server holds the key, and STS says whose role it is",
      "1:the server is not attested, or its attestation is refused",
      "2:could not tell, such as when the server or STS does not answer"
    },
    footerHeading = "%nFor example:%n",
    footer = {
      "  rolecall tls inspect --audience orders 127.0.0.1:50051",
      "",
      "Nothing is sent but the handshake, and no AWS credentials are needed."
    })
final class TlsInspectCommand implements Callable<Integer> {

  @Parameters(paramLabel = "HOST:PORT", description = "The server.")
  ServerAddress server;

  @Option(
      names = "--audience",
      required = true,
      paramLabel = "NAME",
      description = "The audience it must attest for: the name that the server goes by.")
  Audience audience;

  @Mixin StsOptions sts;

  @Mixin JsonOption json;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    ServerHandshake handshake = ServerHandshake.with(server);
    if (handshake.chain().isEmpty()) {
      throw new CommandFailure(
          server
              + ": no TLS 1.3 handshake"
              + handshake.failure().map(failure -> ": " + IoWords.why(failure)).orElse("")
              + "\n"
              + Paragraph.advice(
                  ConnectionAdvice.onNoHandshake(
                      ServerProbe.of(server, handshake, ServerProbe.TIMEOUT), server)));
    }
    return report(
        handshake
            .attestation()
            .fold(
                certificate -> judged(certificate, handshake),
                malformed -> Inspection.notAttested(handshake.chain().get(0), malformed.rule())));
  }

  private Inspection judged(AttestedCertificate certificate, ServerHandshake handshake) {
    if (handshake.failure().isPresent()) {
      // The certificate may be anybody's: the handshake is what shows who holds its key.
      return Inspection.keyNotShown(certificate);
    }
    return sts.choice()
        .confirmation(certificate, audience)
        .fold(
            verified -> Inspection.confirmed(certificate, verified.caller()),
            refused -> Inspection.refused(certificate, refused.reason(), audience),
            unavailable -> Inspection.unavailable(certificate, unavailable.reason(), audience));
  }

  private int report(Inspection inspection) {
    if (json.isAsked()) {
      JsonOutput.print(
          spec.commandLine().getOut(),
          object -> {
            object.writeStringField("result", inspection.result());
            for (var field : inspection.fields().entrySet()) {
              object.writeStringField(field.getKey(), field.getValue());
            }
          });
    } else {
      inspection
          .fields()
          .forEach((name, value) -> spec.commandLine().getOut().printf("%-11s %s%n", name, value));
      inspection
          .complaint()
          .ifPresent(
              words ->
                  spec.commandLine()
                      .getErr()
                      .println("rolecall: " + inspection.result() + ": " + words));
    }
    return inspection.status();
  }
}
