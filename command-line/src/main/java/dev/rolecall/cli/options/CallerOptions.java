package dev.rolecall.cli.options;

import static java.util.stream.Collectors.joining;

import dev.rolecall.cli.arguments.RoleName;
import dev.rolecall.cli.connect.BearerToken;
import dev.rolecall.cli.connect.ChannelSecurity;
import dev.rolecall.cli.connect.ClientEnd;
import dev.rolecall.cli.connect.CredentialKind;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.client.IamCallCredentials;
import dev.rolecall.client.WebIdentityCallCredentials;
import dev.rolecall.identity.Audience;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a command that calls a server: the trusted server, and the caller. */
public final class CallerOptions {

  @Option(
      names = "--assume-role",
      paramLabel = "ARN",
      description = "Assume this role first and call as it.")
  @Nullable String role;

  @Option(
      names = "--bearer",
      description =
          "Bind the proof to the audience alone, as is needed behind a load balancer that ends TLS."
              + " Default: bound to the server's certificate too.")
  boolean bearer;

  @ArgGroup(exclusive = true)
  @Nullable ChannelOptions channel;

  @Option(
      names = "--expect-server-role",
      paramLabel = "ARN",
      description =
          "With --attested: a role the server may have, as a policy's principal is written."
              + " Repeat it for several.")
  List<String> serverRoles = List.of();

  @Mixin StsOptions sts;

  @Mixin WebIdentityOptions webIdentity;

  /**
   * The end of a caller that proves its role.
   *
   * @param server the server, as the user names it
   * @throws CommandFailure if the options contradict each other, there are no AWS credentials to
   *     attest with, or a web identity token would leave this machine without TLS
   */
  public ClientEnd end(Audience audience, String server) {
    boolean isAttested = security() == ChannelSecurity.ATTESTED_TLS;
    if (isAttested && bearer) {
      throw new CommandFailure("--attested and --bearer: an attested call brings no proof");
    }
    Optional<String> tokenAudience = webIdentity.audience(audience);
    if (tokenAudience.isPresent() && (isAttested || bearer)) {
      throw new CommandFailure(
          "--web-identity and "
              + (isAttested ? "--attested" : "--bearer")
              + ": a web identity token is brought in place of a proof (expected: one of them)");
    }
    tokenAudience.ifPresent(asked -> checkTokenMayBeSentTo(server));
    if (isAttested == serverRoles.isEmpty()) {
      throw new CommandFailure(
          isAttested
              ? "--attested: no --expect-server-role (expected: at least one)"
              : "--expect-server-role: only with --attested does the server show its role");
    }
    try {
      if (isAttested) {
        return attested(audience);
      }
      return tokenAudience.map(this::withWebIdentity).orElseGet(() -> withCallProofs(audience));
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
   * The end of a caller that proves nothing.
   *
   * @throws CommandFailure if there are options that only a proof needs
   */
  public ClientEnd endWithoutProofs() {
    if (security() == ChannelSecurity.ATTESTED_TLS
        || bearer
        || role != null
        || webIdentity.isChosen()
        || !serverRoles.isEmpty()) {
      throw new CommandFailure(
          "--audience: missing, and without it nothing says who calls (expected: the name the"
              + " server goes by)");
    }
    return ClientEnd.withoutProofs(channel().credentials());
  }

  /**
   * The end of a caller that sends a token it holds.
   *
   * @throws CommandFailure if there are options that only a proof needs, or the token would leave
   *     this machine without TLS
   */
  public ClientEnd endWithToken(BearerOptions tokens, String server) {
    if (security() == ChannelSecurity.ATTESTED_TLS
        || bearer
        || role != null
        || webIdentity.isChosen()
        || !serverRoles.isEmpty()) {
      throw new CommandFailure(
          "--attested, --bearer, --assume-role, --expect-server-role and --web-identity: of roles,"
              + " and the call brings a token");
    }
    checkTokenMayBeSentTo(server);
    return ClientEnd.withToken(channel().credentials(), tokens.token());
  }

  /** A token is bound to no connection: on the way to another machine anyone could use it. */
  private void checkTokenMayBeSentTo(String server) {
    if (security() == ChannelSecurity.PLAINTEXT && !isOfThisMachine(server)) {
      throw new CommandFailure("--plaintext: " + BearerToken.refusal(server));
    }
  }

  /** By the name alone: a name that resolves to this machine today may not tomorrow. */
  private static boolean isOfThisMachine(String server) {
    return server.matches("(localhost|127\\.[0-9.]+|\\[::1]):[0-9]+");
  }

  /** The kind of credential that the caller brings, unless it is a token that the user holds. */
  public CredentialKind kind() {
    return webIdentity.isChosen() ? CredentialKind.JWT : CredentialKind.PROOF;
  }

  /** The way in which the connection is to be secured. */
  public ChannelSecurity security() {
    return channel().security();
  }

  private ChannelOptions channel() {
    return channel == null ? new ChannelOptions() : channel;
  }

  private ProofSigner signer() {
    return new ProofSigner(sts.choice(), Optional.ofNullable(role));
  }

  private ClientEnd attested(Audience audience) {
    return ClientEnd.attested(
        signer().attestedChannel(audience, serverRoles), sts.choice().verifier(audience));
  }

  private ClientEnd withWebIdentity(String tokenAudience) {
    WebIdentityCallCredentials.Builder tokens = signer().webIdentity(tokenAudience);
    if (security() == ChannelSecurity.PLAINTEXT) {
      tokens.allowPlaintext();
    }
    return ClientEnd.withWebIdentity(channel().credentials(), tokens.build());
  }

  private ClientEnd withCallProofs(Audience audience) {
    IamCallCredentials.Builder proofs = signer().callProofs(audience);
    if (bearer) {
      proofs.bearerProofs();
    }
    if (security() == ChannelSecurity.PLAINTEXT) {
      proofs.allowPlaintext();
    }
    return ClientEnd.withCallProofs(channel().credentials(), proofs.build());
  }
}
