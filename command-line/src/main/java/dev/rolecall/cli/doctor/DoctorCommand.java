package dev.rolecall.cli.doctor;

import dev.rolecall.cli.arguments.ServerAddress;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.options.AcceptedOptions;
import dev.rolecall.cli.options.JsonOption;
import dev.rolecall.cli.options.StsOptions;
import dev.rolecall.identity.Audience;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code rolecall doctor}: the obstacles between this shell and an admitted call. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description =
        "Say what is wrong between this shell or pod and an admitted call, and what to do.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:nothing is wrong",
      "1:something is",
      "2:something could not be told, such as when STS or the server does not answer"
    },
    footerHeading = "%nFor example:%n",
    footer = {
      "  rolecall doctor",
      "  rolecall doctor --server orders.internal:443 --audience orders",
      "",
      "The doctor changes nothing and prints no secret. It sends the server calls",
      "without a proof, and one call with a proof, all of them without a message.",
      "The attestation of an attested server is verified before that."
    })
public final class DoctorCommand implements Callable<Integer> {

  private final DoctorContext context;

  @Option(
      names = "--server",
      paramLabel = "HOST:PORT",
      description = "Also check this server: its certificate, its guard, and this shell's proof.")
  @Nullable ServerAddress server;

  @Option(
      names = "--audience",
      defaultValue = "doctor",
      paramLabel = "NAME",
      description = "The audience: the name that the server goes by. Needed with --server.")
  Audience audience;

  @Mixin TrialOptions options;

  @Mixin StsOptions sts;

  @Mixin AcceptedOptions accepted;

  @Mixin JsonOption json;

  @Spec CommandSpec spec;

  DoctorCommand() {
    this(DoctorContext.ofThisProcess(Clock.systemUTC()));
  }

  DoctorCommand(DoctorContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (server != null && !spec.commandLine().getParseResult().hasMatchedOption("--audience")) {
      throw new CommandFailure("--server: no --audience (expected: the name the server goes by)");
    }
    FindingReport report = new FindingReport(spec.commandLine().getOut(), json.isAsked());
    CallerDiagnosis.Diagnosed caller =
        new CallerDiagnosis(audience, options.role(audience), accepted, context, report)
            .run(sts.choice());
    if (server != null) {
      new ServerDiagnosis(server, audience, caller.signer(), options.trial(), context, report)
          .run(caller.canSign(), report.isOwnClockGood());
    }
    return report.exitStatus();
  }
}
