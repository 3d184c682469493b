package dev.rolecall.cli.proof;

import dev.rolecall.cli.arguments.RoleName;
import dev.rolecall.cli.connect.LocalProof;
import dev.rolecall.cli.connect.LocalToken;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.input.CertificateFile;
import dev.rolecall.cli.options.JsonOption;
import dev.rolecall.cli.options.ProofSigner;
import dev.rolecall.cli.options.StsOptions;
import dev.rolecall.cli.options.WebIdentityOptions;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.cli.terminal.JsonOutput;
import dev.rolecall.client.ProofSource;
import dev.rolecall.client.ProofUnavailableException;
import dev.rolecall.client.WebIdentityCallCredentials;
import dev.rolecall.client.WebIdentityToken;
import dev.rolecall.identity.Audience;
import dev.rolecall.proof.CallerProof;
import dev.rolecall.proof.ProofBinding;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code rolecall token}: a proof for the credentials at hand. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description = "Print a proof of the role this shell runs as, for grpcurl and scripts.",
    footerHeading = "%nFor example:%n",
    footer = {
      "  TOKEN=$(rolecall token --audience orders) \\",
      "    grpcurl -expand-headers -H 'authorization: Bearer $${TOKEN}' ...",
      "",
      "A proof is a secret for its life of 15 minutes, and so is a web identity",
      "token. Credentials are found as the AWS CLI finds them: environment,",
      "profile, SSO, container, instance."
    })
public final class TokenCommand implements Callable<Integer> {

  @Option(
      names = "--audience",
      required = true,
      paramLabel = "NAME",
      description = "The audience: the name that the server goes by.")
  Audience audience;

  @Option(
      names = "--server-cert",
      paramLabel = "FILE",
      description =
          "Bind the proof to the certificate in this PEM file, the one the server presents."
              + " Default: bound to the audience alone.")
  @Nullable Path serverCertificate;

  @Option(
      names = "--assume-role",
      paramLabel = "ARN",
      description = "Assume this role first and sign as it.")
  @Nullable String role;

  @Mixin StsOptions sts;

  @Mixin WebIdentityOptions webIdentity;

  @Mixin JsonOption json;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    Optional<String> tokenAudience = webIdentity.audience(audience);
    if (tokenAudience.isPresent()) {
      return printToken(tokenAudience.get());
    }
    ProofBinding binding =
        Optional.ofNullable(serverCertificate)
            .<ProofBinding>map(
                file -> new ProofBinding.Channel(CertificateFile.hash("--server-cert", file)))
            .orElseGet(ProofBinding::bearer);
    try (ProofSource source = source()) {
      print(LocalProof.signed(source, binding));
      return ExitStatus.YES;
    } catch (ProofUnavailableException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }

  private int printToken(String tokenAudience) {
    if (serverCertificate != null) {
      throw new CommandFailure(
          "--web-identity and --server-cert: a web identity token is bound to no certificate"
              + " (expected: one of them)");
    }
    try (WebIdentityCallCredentials credentials =
        made(() -> signer().webIdentity(tokenAudience).build())) {
      WebIdentityToken token = LocalToken.issued(credentials);
      if (json.isAsked()) {
        JsonOutput.print(
            spec.commandLine().getOut(),
            object -> {
              object.writeStringField("token", token.text());
              object.writeStringField("audience", tokenAudience);
              object.writeStringField(
                  "notAfter", token.end().truncatedTo(ChronoUnit.SECONDS).toString());
            });
      } else {
        spec.commandLine().getOut().println(token.text());
      }
      return ExitStatus.YES;
    } catch (ProofUnavailableException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }

  private ProofSource source() {
    return made(() -> signer().proofs(audience).build());
  }

  private ProofSigner signer() {
    return new ProofSigner(sts.choice(), Optional.ofNullable(role));
  }

  private <T> T made(Supplier<T> making) {
    try {
      return making.get();
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(e.getMessage() + (role == null ? "" : RoleName.hint(role)), e);
    }
  }

  private void print(CallerProof proof) {
    if (json.isAsked()) {
      JsonOutput.print(
          spec.commandLine().getOut(),
          object -> {
            object.writeStringField("proof", proof.text());
            object.writeStringField("audience", proof.audience().name());
            object.writeStringField("host", proof.host().value());
            object.writeStringField("notAfter", proof.signedAt().plus(proof.life()).toString());
          });
    } else {
      spec.commandLine().getOut().println(proof.text());
    }
  }
}
