package dev.rolecall.cli.relay;

import static java.util.stream.Collectors.joining;

import dev.rolecall.cli.arguments.RoleName;
import dev.rolecall.cli.arguments.ServerAddress;
import dev.rolecall.cli.connect.ClientEnd;
import dev.rolecall.cli.connect.TrustedCertificates;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.options.ProofSigner;
import dev.rolecall.cli.options.StsChoice;
import dev.rolecall.identity.Audience;
import dev.rolecall.proxy.relay.Upstream;
import io.grpc.CallCredentials;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the servers behind a relay, and of the connections to them. */
final class UpstreamOptions {

  private static final String UPSTREAM = "--upstream";
  private static final String TLS = "--upstream-tls";
  private static final String TRUST = "--upstream-trust-cert";
  private static final String ROLES = "--upstream-expect-server-role";
  private static final String PLAINTEXT = "--upstream-plaintext-that-others-can-read";
  private static final String AUDIENCE = "--upstream-audience";

  @Option(
      names = UPSTREAM,
      paramLabel = "HOST:PORT",
      description =
          "A server behind the relay; repeat it for several, which take turns. Without TLS on this"
              + " machine, with TLS elsewhere.")
  List<ServerAddress> servers = List.of();

  @Option(names = TLS, description = "Use TLS on this machine too.")
  boolean tls;

  @Option(
      names = TRUST,
      paramLabel = "FILE",
      description =
          "Use TLS, and trust the certificates in this PEM file as the servers' and no others."
              + " Default: the platform's authorities.")
  @Nullable Path trusted;

  @Option(
      names = "--upstream-authority",
      paramLabel = "NAME",
      description =
          "The name of the servers in their certificate and in :authority. Default: that of"
              + " --upstream.")
  @Nullable String authority;

  @Option(
      names = ROLES,
      paramLabel = "ARN",
      description =
          "Use attested TLS, and take only servers of this role, as a policy's principal is written."
              + " Repeat it for several. Needs --upstream-audience.")
  List<String> serverRoles = List.of();

  @Option(
      names = AUDIENCE,
      paramLabel = "NAME",
      description =
          "Prove this shell's role to the servers, which have this name: a server that trusts the"
              + " relay knows it by that. Default: the relay proves nothing.")
  @Nullable Audience audience;

  @Option(
      names = PLAINTEXT,
      description = "Use no TLS elsewhere either: on a network that nobody else can read.")
  boolean plaintext;

  /** The servers, and what closes the credentials of connections to them. */
  record End(Upstream upstream, Runnable closing) {}

  /** Whether servers are named. */
  boolean areGiven() {
    return !servers.isEmpty();
  }

  /** Whether the relay proves its own role to them. */
  boolean areShownProofs() {
    return audience != null;
  }

  /**
   * The upstream.
   *
   * @param sts the STS that proofs are signed for
   * @throws CommandFailure if options contradict one another, or a file does not do
   */
  End opened(StsChoice sts) {
    if (servers.isEmpty()) {
      throw new CommandFailure(UPSTREAM + ": missing (expected: at least one HOST:PORT)");
    }
    requireConsistent();
    ClientEnd end = end(sts);
    try {
      Upstream upstream =
          Upstream.over(
              end.channels(), servers.stream().map(ServerAddress::toString).toArray(String[]::new));
      CallCredentials proof = end.callOptions().getCredentials();
      Upstream proving = proof == null ? upstream : upstream.proving(proof);
      return new End(authority == null ? proving : proving.named(authority), end::close);
    } catch (IllegalArgumentException e) {
      end.close();
      throw new CommandFailure(UPSTREAM + ": " + e.getMessage(), e);
    }
  }

  private void requireConsistent() {
    if (Stream.of(plaintext, tls || trusted != null, !serverRoles.isEmpty())
            .filter(given -> given)
            .count()
        > 1) {
      throw new CommandFailure(
          PLAINTEXT + ", " + TLS + " or " + TRUST + ", and " + ROLES + " (expected: one of them)");
    }
    if (plaintext && audience != null) {
      throw new CommandFailure(
          PLAINTEXT + " and " + AUDIENCE + ": anyone on the way could use the relay's own proofs");
    }
    if (!serverRoles.isEmpty() && audience == null) {
      throw new CommandFailure(ROLES + ": only with " + AUDIENCE + ", the name of the servers");
    }
  }

  private boolean isPlaintext() {
    return plaintext
        || (!tls && trusted == null && servers.stream().allMatch(ServerAddress::isOfThisMachine));
  }

  private ClientEnd end(StsChoice sts) {
    ProofSigner signer = new ProofSigner(sts, Optional.empty());
    if (!serverRoles.isEmpty() && audience != null) {
      return attested(signer, audience);
    }
    boolean open = isPlaintext();
    ChannelCredentials channels =
        open
            ? InsecureChannelCredentials.create()
            : TrustedCertificates.credentials(Optional.ofNullable(trusted));
    if (audience == null) {
      return ClientEnd.withoutProofs(channels);
    }
    var proofs = signer.callProofs(audience);
    return ClientEnd.withCallProofs(channels, (open ? proofs.allowPlaintext() : proofs).build());
  }

  private ClientEnd attested(ProofSigner signer, Audience service) {
    try {
      return ClientEnd.attested(
          signer.attestedChannel(service, serverRoles), signer.sts().verifier(service));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(
          ROLES
              + ": "
              + e.getMessage()
              + serverRoles.stream().map(RoleName::hint).collect(joining()),
          e);
    }
  }
}
