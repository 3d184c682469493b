package dev.rolecall.cli.front;

import static java.util.stream.Collectors.joining;

import dev.rolecall.cli.arguments.RoleName;
import dev.rolecall.cli.arguments.ServerAddress;
import dev.rolecall.cli.connect.ClientEnd;
import dev.rolecall.cli.connect.TrustedCertificates;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.options.ProofSigner;
import dev.rolecall.cli.options.StsChoice;
import dev.rolecall.client.IamCallCredentials;
import dev.rolecall.grants.GrantFeed;
import dev.rolecall.grants.Staleness;
import dev.rolecall.identity.Audience;
import io.grpc.InsecureChannelCredentials;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that have a server follow the grants of an access service. */
public final class GrantsOptions {

  private static final String GRANTS = "--grants";
  private static final String ROLES = "--grants-expect-server-role";

  @Option(
      names = GRANTS,
      paramLabel = "HOST:PORT",
      description =
          "Follow the grants of this access service, for rules that require one. Repeat it for its"
              + " other nodes. This shell's role must be among its enforcers.")
  List<ServerAddress> nodes = List.of();

  @Option(
      names = "--grants-audience",
      paramLabel = "NAME",
      description = "The name that the access service goes by. Default: access.")
  @Nullable Audience audience;

  @Option(
      names = "--grants-trust-cert",
      paramLabel = "FILE",
      description =
          "Trust the certificates in this PEM file as the access service's, such as the one 'access"
              + " serve --write-cert' wrote, and no others.")
  @Nullable Path trusted;

  @Option(
      names = ROLES,
      paramLabel = "ARN",
      description =
          "Follow over attested TLS, and only a service of this role, as a policy's principal is"
              + " written. Repeat it for several. Such a service runs with --attested.")
  List<String> serverRoles = List.of();

  @Option(
      names = "--grants-plaintext",
      description = "Call the access service without TLS; on this machine alone.")
  boolean plaintext;

  @Option(
      names = "--grants-node",
      paramLabel = "NAME",
      description =
          "The name of this server in 'access enforcers'. Default: this host's name and the"
              + " process's id.")
  @Nullable String name;

  @Option(
      names = "--stale",
      paramLabel = "WAY",
      description =
          "What a server without news does: strict refuses after 5 seconds, best-effort keeps what"
              + " it knows for 5 minutes. Default: strict.")
  @Nullable Way stale;

  @Option(
      names = "--grants-file",
      paramLabel = "FILE",
      description = "Keep what is known in this file, for a start while the service is away.")
  @Nullable Path file;

  /** The two ways. */
  enum Way {
    STRICT(Staleness.STRICT),
    BEST_EFFORT(Staleness.BEST_EFFORT);

    private final Staleness staleness;

    Way(Staleness staleness) {
      this.staleness = staleness;
    }

    @Override
    public String toString() {
      return this == STRICT ? "strict" : "best-effort";
    }
  }

  /**
   * The grants that the server is to follow; none where that was not asked for.
   *
   * @param sts the STS that proofs to the service are signed for
   * @throws CommandFailure if options contradict one another
   */
  public ServedGrants following(StsChoice sts) {
    if (nodes.isEmpty()) {
      requireNoOther();
      return ServedGrants.none();
    }
    requireSafe();
    ClientEnd end = end(audience == null ? Audience.of("access") : audience, sts);
    try {
      return ServedGrants.of(feed(end), end);
    } catch (CommandFailure e) {
      end.close();
      throw e;
    }
  }

  private ClientEnd end(Audience service, StsChoice sts) {
    ProofSigner signer = new ProofSigner(sts, Optional.empty());
    if (!serverRoles.isEmpty()) {
      return attested(signer, service);
    }
    IamCallCredentials.Builder proofs = signer.callProofs(service);
    return plaintext
        ? ClientEnd.withCallProofs(
            InsecureChannelCredentials.create(), proofs.allowPlaintext().build())
        : ClientEnd.withCallProofs(
            TrustedCertificates.credentials(Optional.ofNullable(trusted)), proofs.build());
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

  private void requireNoOther() {
    if (audience != null
        || trusted != null
        || plaintext
        || !serverRoles.isEmpty()
        || name != null
        || stale != null
        || file != null) {
      throw new CommandFailure(
          "--grants-audience, --grants-trust-cert, --grants-plaintext, "
              + ROLES
              + ", --grants-node, --grants-file, --stale: only with --grants");
    }
  }

  private void requireSafe() {
    if (Stream.of(plaintext, trusted != null, !serverRoles.isEmpty()).filter(set -> set).count()
        > 1) {
      throw new CommandFailure(
          "--grants-plaintext, --grants-trust-cert and " + ROLES + " (expected: one of them)");
    }
    if (plaintext && !nodes.stream().allMatch(ServerAddress::isOfThisMachine)) {
      throw new CommandFailure(
          "--grants-plaintext: anyone on the way could read the proofs and use them (expected: a"
              + " service on this machine, or TLS)");
    }
  }

  private GrantFeed feed(ClientEnd end) {
    GrantFeed feed = GrantFeed.follow(nodes.get(0).toString(), end.channels());
    nodes.stream().skip(1).forEach(node -> feed.orAt(node.toString()));
    Optional.ofNullable(end.callOptions().getCredentials()).ifPresent(feed::callCredentials);
    if (file != null) {
      feed.keepAt(file);
    }
    try {
      return (name == null ? feed : feed.name(name))
          .staleness(stale == null ? Staleness.STRICT : stale.staleness);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("--grants-node: " + e.getMessage(), e);
    }
  }
}
