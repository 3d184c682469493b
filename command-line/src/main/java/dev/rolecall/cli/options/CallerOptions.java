package dev.rolecall.cli.options;

import static java.util.stream.Collectors.joining;

import dev.rolecall.cli.arguments.RoleName;
import dev.rolecall.cli.connect.ChannelSecurity;
import dev.rolecall.cli.connect.ClientEnd;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.client.IamCallCredentials;
import dev.rolecall.identity.Audience;
import dev.rolecall.tls.AttestedChannel;
import dev.rolecall.tls.AttestedTls;
import dev.rolecall.verifier.CallerVerifier;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a command calls a server: whom it trusts, and as whom it comes. */
public final class CallerOptions {

  @Option(
      names = "--assume-role",
      paramLabel = "ARN",
      description = "Assume this role first and call as it.")
  @Nullable String role;

  @Option(
      names = "--bearer",
      description =
          "Bind the proof to the audience alone, as where a load balancer ends TLS. Default: to the"
              + " server's certificate.")
  boolean bearer;

  @ArgGroup(exclusive = true)
  @Nullable ChannelSecurity security;

  @Option(
      names = "--expect-server-role",
      paramLabel = "ARN",
      description =
          "With --attested: a role the server may have, as a policy's principal is written. Given"
              + " again, for more.")
  List<String> serverRoles = List.of();

  @Mixin StsOptions sts;

  /**
   * The end of a caller who proves who it is.
   *
   * @throws CommandFailure if the options contradict each other, or there are no AWS credentials to
   *     attest with
   */
  public ClientEnd end(Audience audience) {
    ChannelSecurity chosen = chosen();
    if (chosen.attested && bearer) {
      throw new CommandFailure("--attested and --bearer: an attested call brings no proof");
    }
    if (chosen.attested == serverRoles.isEmpty()) {
      throw new CommandFailure(
          chosen.attested
              ? "--attested: no --expect-server-role (expected: at least one)"
              : "--expect-server-role: only with --attested does the server show its role");
    }
    try {
      return chosen.attested ? attested(audience) : withCallProofs(audience, chosen);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(
          e.getMessage()
              + Stream.concat(Stream.ofNullable(role), serverRoles.stream())
                  .map(RoleName::hint)
                  .collect(joining()),
          e);
    }
  }

  /**
   * The end of a caller who says nothing of itself.
   *
   * @throws CommandFailure if there are options that only a proof needs
   */
  public ClientEnd endWithoutProofs() {
    ChannelSecurity chosen = chosen();
    if (chosen.attested || bearer || role != null || !serverRoles.isEmpty()) {
      throw new CommandFailure(
          "--audience: missing, and without it nothing says who calls (expected: the name the"
              + " server goes by)");
    }
    return ClientEnd.withoutProofs(chosen.credentials());
  }

  public ChannelSecurity chosen() {
    return security == null ? new ChannelSecurity() : security;
  }

  private ClientEnd attested(Audience audience) {
    AttestedChannel.Builder end =
        sts.signedBy(AttestedTls.channel(audience))
            .expectServerRoles(serverRoles.toArray(String[]::new));
    Optional.ofNullable(role).ifPresent(end::assumeRole);
    return ClientEnd.attested(end, sts.acceptedBy(CallerVerifier.builder(audience)).build());
  }

  private ClientEnd withCallProofs(Audience audience, ChannelSecurity chosen) {
    IamCallCredentials.Builder proofs = sts.signedBy(IamCallCredentials.builder(audience.name()));
    Optional.ofNullable(role).ifPresent(proofs::assumeRole);
    if (bearer) {
      proofs.bearerProofs();
    }
    if (chosen.plaintext) {
      proofs.allowPlaintext();
    }
    return ClientEnd.withCallProofs(chosen.credentials(), proofs.build());
  }
}
