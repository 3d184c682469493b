package dev.rolecall.cli.serve;

import dev.rolecall.cli.arguments.ListenAddress;
import dev.rolecall.cli.arguments.ServerAddress;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.options.AcceptedOptions;
import dev.rolecall.cli.options.EksTokenOption;
import dev.rolecall.cli.options.StsOptions;
import dev.rolecall.cli.server.EchoServer;
import dev.rolecall.cli.server.RunUntilStopped;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.identity.Audience;
import dev.rolecall.tls.AttestedServer;
import dev.rolecall.tls.AttestedTls;
import dev.rolecall.verifier.CallerVerifier;
import dev.rolecall.verifier.CallerVerifierBuilder;
import io.grpc.Server;
import io.opentelemetry.api.OpenTelemetry;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rolecall serve}: a secured demo service for any gRPC client to try. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Serve rolecall.demo.v1.Echo, guarded by a policy, until it is stopped.",
    footerHeading = "%nFor example:%n",
    footer = {
      "  rolecall serve --audience orders --policy orders.yaml \\",
      "    --write-cert /tmp/orders.pem",
      "  rolecall serve --audience orders --policy orders.yaml --attested \\",
      "    --metrics-port 9464",
      "",
      "The policy is read again when its file changes. Health checks and reflection",
      "are calls like any other: list them under public_methods if anyone may make",
      "them."
    })
public final class ServeCommand implements Callable<Integer> {

  private static final Duration DRAIN = Duration.ofSeconds(5);

  @Option(
      names = "--port",
      defaultValue = "50051",
      description = "The port; 0 for any free one. Default: ${DEFAULT-VALUE}.")
  int port;

  @Option(
      names = "--listen",
      defaultValue = "127.0.0.1",
      paramLabel = "ADDRESS",
      description =
          "The address to listen on, such as 0.0.0.0 in a container, with or without :PORT. A certificate made for one run"
              + " is for this machine's own clients: give another, or --attested. Default:"
              + " ${DEFAULT-VALUE}.")
  ListenAddress listenOn;

  @Option(
      names = "--audience",
      required = true,
      paramLabel = "NAME",
      description = "The name that callers sign for.")
  Audience audience;

  @Option(
      names = "--policy",
      required = true,
      paramLabel = "FILE",
      description = "Which roles may call which methods.")
  Path policy;

  @Option(
      names = "--shadow-policy",
      paramLabel = "FILE",
      description =
          "A second policy, asked beside the first and never obeyed. The log rolecall.audit names"
              + " each call that it would have decided otherwise; a metric counts them.")
  @Nullable Path shadowPolicy;

  @Option(
      names = "--policy-period",
      defaultValue = "PT5S",
      paramLabel = "DURATION",
      description =
          "How often the policy file is read, such as PT5S; a change is in force after two"
              + " readings. Default: ${DEFAULT-VALUE}.")
  Duration policyPeriod;

  @Option(
      names = "--require-channel-binding",
      description = "Refuse proofs that are not bound to this server's certificate.")
  boolean channelBindingRequired;

  @ArgGroup(exclusive = true)
  @Nullable ServerSecurity security;

  @Option(
      names = "--accept-call-proofs",
      description =
          "With --attested: also admit clients that present no certificate, such as those in"
              + " other languages. Each of their calls must bring a proof. Default: the handshake"
              + " refuses a client without an attestation.")
  boolean callProofsAccepted;

  @Mixin StsOptions sts;

  @Mixin AcceptedOptions accepted;

  @Mixin EksTokenOption eksTokens;

  @Mixin MetricsOptions metricsOptions;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    ServerSecurity chosen = security == null ? new ServerSecurity() : security;
    InetAddress listen = listenOn.address();
    requireConsistent(chosen);
    CallerVerifierBuilder options =
        eksTokens.acceptedBy(accepted.acceptedBy(sts.acceptedBy(CallerVerifier.builder(audience))));
    if (channelBindingRequired) {
      options.requireChannelBinding();
    }
    try (ServedMetrics metrics = metricsOptions.serving();
        ServedPolicies policies = opened(metrics.telemetry());
        CallerVerifier verifier = options.openTelemetry(metrics.telemetry()).build();
        Entrance entrance = entrance(chosen, verifier, policies, metrics.telemetry())) {
      Server server = entrance.open(new InetSocketAddress(listen, listenPort()));
      PrintWriter out = spec.commandLine().getOut();
      out.println("serving " + audience + " on " + ServerAddress.text(listen, server.getPort()));
      metrics.url().ifPresent(url -> out.println("  metrics at " + url));
      out.flush();
      if (chosen.attested) {
        new OwnRole(audience, sts)
            .asSeenBy(verifier)
            .ifPresent(role -> out.println("  as " + role));
      }
      policies.notes(EchoServer.methodsOf(server)).forEach(note -> out.println("  " + note));
      out.flush();
      RunUntilStopped.serving(() -> stop(server));
      return ExitStatus.YES;
    }
  }

  private int listenPort() {
    boolean isGiven = spec.commandLine().getParseResult().hasMatchedOption("--port");
    if (isGiven && listenOn.port().isPresent()) {
      throw new CommandFailure("--port and --listen with a port (expected: one of them)");
    }
    int chosen = listenOn.port().orElse(port);
    if (chosen < 0 || chosen > 65_535) {
      throw new CommandFailure("--port: " + chosen + " (expected: 0 to 65535)");
    }
    return chosen;
  }

  private void requireConsistent(ServerSecurity chosen) {
    InetAddress listen = listenOn.address();
    if (chosen.plaintext && !listen.isLoopbackAddress()) {
      throw new CommandFailure(
          "--listen "
              + listen.getHostAddress()
              + " and --plaintext: anyone on the way could read the proofs and use them");
    }
    if (chosen.plaintext && channelBindingRequired) {
      throw new CommandFailure(
          "--require-channel-binding and --plaintext: a connection without TLS has no certificate");
    }
    if (callProofsAccepted && !chosen.attested) {
      throw new CommandFailure(
          "--accept-call-proofs: only with --attested; without that, every call brings a proof");
    }
    if (chosen.attested && !callProofsAccepted && (channelBindingRequired || eksTokens.accepted)) {
      throw new CommandFailure(
          "--attested and "
              + (channelBindingRequired ? "--require-channel-binding" : "--accept-eks-tokens")
              + ": callers come from connections, and calls bring no proof, unless there is"
              + " --accept-call-proofs");
    }
  }

  private Entrance entrance(
      ServerSecurity chosen,
      CallerVerifier verifier,
      ServedPolicies policies,
      OpenTelemetry telemetry) {
    if (!chosen.attested) {
      return Entrance.forCallProofs(chosen.credentials(), policies.guard(verifier, telemetry));
    }
    AttestedServer.Builder end =
        sts.signedBy(AttestedTls.server(audience)).verifier(verifier).openTelemetry(telemetry);
    if (callProofsAccepted) {
      end.acceptCallProofsFromClientsWithoutCertificate();
    }
    return Entrance.attested(end, policies);
  }

  private ServedPolicies opened(OpenTelemetry telemetry) {
    return ServedPolicies.open(policy, Optional.ofNullable(shadowPolicy), policyPeriod, telemetry);
  }

  private static void stop(Server server) {
    server.shutdown();
    try {
      if (!server.awaitTermination(DRAIN.toSeconds(), TimeUnit.SECONDS)) {
        server.shutdownNow();
      }
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
