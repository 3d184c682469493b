package dev.rolecall.cli.relay;

import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.front.ListenOptions;
import dev.rolecall.cli.front.TlsOptions;
import dev.rolecall.cli.proxy.HttpOptions;
import dev.rolecall.cli.proxy.IdentityOptions;
import dev.rolecall.cli.proxy.ProxyFront;
import dev.rolecall.cli.schemes.ClientAuthorities;
import dev.rolecall.cli.schemes.Front;
import dev.rolecall.client.ProofUnavailableException;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.proxy.relay.RelayLimits;
import dev.rolecall.proxy.relay.RelayServer;
import dev.rolecall.proxy.relay.RelayServerBuilder;
import dev.rolecall.tls.AttestedServer;
import dev.rolecall.tls.AttestedServerBuilder;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a relay that hold for all of its routes. */
final class RelayFrontOptions implements ProxyFront {

  @Mixin ListenOptions listen;

  @ArgGroup(exclusive = true)
  @Nullable TlsOptions tls;

  @Option(
      names = "--attested",
      description =
          "Prove this shell's role in the handshake, and take each caller from the connection."
              + " For one audience.")
  boolean attested;

  @Option(
      names = "--accept-call-proofs",
      description =
          "With --attested: also admit clients that present no certificate. Each of their calls must"
              + " bring a proof.")
  boolean callProofsAccepted;

  @Mixin HttpOptions http;

  @Mixin IdentityOptions identity;

  @Option(
      names = "--drain",
      defaultValue = "PT20S",
      paramLabel = "DURATION",
      description =
          "How long calls may go on after SIGTERM, or after their route was changed. Default:"
              + " ${DEFAULT-VALUE}.")
  Duration drain;

  @Option(
      names = "--max-message-bytes",
      paramLabel = "BYTES",
      description = "The largest message that is relayed. Default: 16777216.")
  @Nullable Integer maxMessage;

  @Option(
      names = "--answer-health-checks",
      description =
          "Answer grpc.health.v1 with the state of the relay, for anyone. Default: health checks are"
              + " calls like any other.")
  boolean healthChecks;

  @Option(
      names = "--event-loops",
      paramLabel = "NUMBER",
      description = "How many threads do the work. Default: one for each processor.")
  @Nullable Integer loops;

  @Override
  public HttpOptions http() {
    return http;
  }

  @Override
  public IdentityOptions identity() {
    return identity;
  }

  /** The connections of callers. */
  Front front() {
    return tls().isPlaintext() ? Front.PLAINTEXT : Front.TLS;
  }

  /** Has no file made from now on: a relay that is built is none that serves. */
  void onlyCheck() {
    if (tls != null) {
      tls.onlyCheck();
    }
  }

  private TlsOptions tls() {
    return tls == null ? new TlsOptions() : tls;
  }

  /** The address. */
  InetSocketAddress address() {
    return listen.address();
  }

  /**
   * Checks that the options do not contradict each other.
   *
   * @throws CommandFailure if they do
   */
  void requireConsistent() {
    tls().requireSafe(listen.host());
    if (attested && tls != null) {
      throw new CommandFailure("--attested: without another certificate, and with TLS");
    }
    if (callProofsAccepted && !attested) {
      throw new CommandFailure(
          "--accept-call-proofs: only with --attested; without that, every call brings a proof");
    }
  }

  /**
   * The options of a server with an ordinary certificate, or none, without its routes.
   *
   * @param clients the authorities whose clients are asked for a certificate
   * @throws CommandFailure if a value or a file does not do
   */
  RelayServerBuilder server(List<ClientAuthorities> clients) {
    return sized(
        RelayServer.builder(listen.address(), tls().credentials(together(clients))), limits());
  }

  /**
   * The options of a server that attests its role, without its routes.
   *
   * @throws CommandFailure if a value does not do, or there are no AWS credentials to attest with
   */
  RelayServerBuilder attestedServer(AttestedServerBuilder options, CallGuard guard) {
    if (callProofsAccepted) {
      options.acceptCallProofsFromClientsWithoutCertificate();
    }
    try {
      AttestedServer server = options.start(guard);
      return sized(
          RelayServer.builder(listen.address(), server.credentials())
              .transportFilter(server.connectionReader()),
          limits().withConnectionAge(server.maxConnectionAge()));
    } catch (ProofUnavailableException e) {
      throw new CommandFailure("--attested: " + e.getMessage(), e);
    }
  }

  private RelayLimits limits() {
    try {
      RelayLimits limits = RelayLimits.ofDefaults();
      return maxMessage == null ? limits : limits.withMessageBytes(maxMessage);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }

  private RelayServerBuilder sized(RelayServerBuilder server, RelayLimits limits) {
    server.limits(limits);
    try {
      if (loops != null) {
        server.eventLoops(loops);
      }
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
    return healthChecks ? server.answerHealthChecksHere() : server;
  }

  /** TLS asks for the certificates of all of them; each audience reads those of its own. */
  private static Optional<ClientAuthorities> together(List<ClientAuthorities> clients) {
    return clients.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ClientAuthorities(
                clients.stream().flatMap(each -> each.bundles().stream()).distinct().toList(),
                false));
  }
}
