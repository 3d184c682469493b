package dev.rolecall.cli.doctor;

import dev.rolecall.cli.arguments.ServerAddress;
import dev.rolecall.cli.connect.BearerToken;
import dev.rolecall.cli.connect.CredentialKind;
import dev.rolecall.cli.connect.LocalToken;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.options.AcceptedOptions;
import dev.rolecall.cli.options.BearerOptions;
import dev.rolecall.cli.options.JsonOption;
import dev.rolecall.cli.options.ProofSigner;
import dev.rolecall.cli.options.StsOptions;
import dev.rolecall.cli.options.WebIdentityOptions;
import dev.rolecall.client.WebIdentityCallCredentials;
import dev.rolecall.identity.Audience;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
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
      "  rolecall doctor --server orders.internal:443 --token-file token",
      "",
      "The doctor changes nothing and prints no secret. It sends the server calls",
      "without a proof, and one call with a proof, all of them without a message.",
      "The attestation of an attested server is verified before that. With a token",
      "it explains that, asks its issuer for the keys, and sends the server the",
      "token in place of a proof."
    })
public final class DoctorCommand implements Callable<Integer> {

  private final DoctorContext context;

  @Option(
      names = "--server",
      paramLabel = "HOST:PORT",
      description =
          "Also check this server: its certificate, its guard, and its answer to this shell.")
  @Nullable ServerAddress server;

  @Option(
      names = "--audience",
      defaultValue = "doctor",
      paramLabel = "NAME",
      description =
          "The audience: the name that the server goes by. Needed with --server, but for a token.")
  Audience audience;

  @ArgGroup(exclusive = true)
  @Nullable BearerOptions tokens;

  @Mixin WebIdentityOptions webIdentity;

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
    FindingReport report = new FindingReport(spec.commandLine().getOut(), json.isAsked());
    Optional<String> tokenAudience = webIdentity.audience(audience);
    if (tokens != null) {
      ofToken(tokens, report);
      return report.exitStatus();
    }
    if (server != null && !isAudienceGiven()) {
      throw new CommandFailure("--server: no --audience (expected: the name the server goes by)");
    }
    if (tokenAudience.isPresent()) {
      options.checkWithoutProofs(true);
    }
    CallerDiagnosis.Diagnosed caller =
        new CallerDiagnosis(audience, options.role(audience), accepted, context, report)
            .run(sts.choice());
    if (tokenAudience.isPresent()) {
      if (caller.canSign()) {
        ofRole(caller.signer(), tokenAudience.get(), report);
      }
    } else if (server != null) {
      new ServerDiagnosis(server, audience, caller.signer(), options.trial(), context, report)
          .run(caller.canSign(), report.isOwnClockGood());
    }
    return report.exitStatus();
  }

  private boolean isAudienceGiven() {
    return spec.commandLine().getParseResult().hasMatchedOption("--audience");
  }

  private void ofToken(BearerOptions given, FindingReport report) {
    if (webIdentity.isChosen()) {
      throw new CommandFailure(
          "--web-identity, and a token (expected: one of them; STS makes the one of a role)");
    }
    options.checkWithoutProofs(false);
    // A server may have another name for tokens: where it is asked, its answer counts.
    boolean isCompared = isAudienceGiven() && server == null;
    ofToken(given.text(), isCompared ? Optional.of(audience.name()) : Optional.empty(), report);
  }

  private void ofRole(ProofSigner signer, String tokenAudience, FindingReport report) {
    try (WebIdentityCallCredentials role = signer.webIdentity(tokenAudience).build()) {
      ofToken(() -> LocalToken.issued(role).text(), Optional.of(tokenAudience), report);
    }
  }

  private void ofToken(
      Supplier<String> token, Optional<String> tokenAudience, FindingReport report) {
    Optional<CredentialKind> kind = new TokenDiagnosis(tokenAudience, context, report).run(token);
    if (server != null && kind.isPresent()) {
      new TokenAtServer(server, audience, options.trial(), context, report)
          .run(new BearerToken(token), kind.get());
    }
  }
}
