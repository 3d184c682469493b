package dev.rolecall.cli;

import dev.rolecall.identity.Audience;
import dev.rolecall.policy.InvalidPolicyException;
import dev.rolecall.policy.PolicyFile;
import dev.rolecall.verifier.CallerVerifier;
import dev.rolecall.verifier.CallerVerifierBuilder;
import dev.rolecall.verifier.grpc.RoleGuard;
import io.grpc.Server;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
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
    description =
        "Serve rolecall.demo.v1.Echo on 127.0.0.1, guarded by a policy, until it is stopped.",
    footerHeading = "%nFor example:%n",
    footer = {
      "  rolecall serve --audience orders --policy orders.yaml --write-cert /tmp/orders.pem",
      "",
      "The policy is read again when its file changes. Health checks and reflection are calls like",
      "any other: list them under public_methods if anyone may make them."
    })
final class ServeCommand implements Callable<Integer> {

  private static final Duration DRAIN = Duration.ofSeconds(5);

  @Option(
      names = "--port",
      defaultValue = "50051",
      description = "The port; 0 for any free one. Default: ${DEFAULT-VALUE}.")
  int port;

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
      names = "--require-channel-binding",
      description = "Refuse proofs that are not bound to this server's certificate.")
  boolean channelBindingRequired;

  @ArgGroup(exclusive = true)
  @Nullable ServerSecurity security;

  @Mixin StsOptions sts;

  @Mixin EksTokenOption eksTokens;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    ServerSecurity chosen = security == null ? new ServerSecurity() : security;
    if (chosen.plaintext && channelBindingRequired) {
      throw new CommandFailure(
          "--require-channel-binding and --plaintext: a connection without TLS has no certificate");
    }
    CallerVerifierBuilder options =
        eksTokens.acceptedBy(sts.acceptedBy(CallerVerifier.builder(audience)));
    if (channelBindingRequired) {
      options.requireChannelBinding();
    }
    try (PolicyFile policies = opened();
        CallerVerifier verifier = options.build();
        RoleGuard guard = RoleGuard.builder(verifier, policies).build()) {
      Server server = EchoServer.start(port, chosen.credentials(), guard);
      PrintWriter out = spec.commandLine().getOut();
      out.println("serving " + audience + " on 127.0.0.1:" + server.getPort());
      policies
          .current()
          .unmatchedPaths(EchoServer.methodsOf(server))
          .forEach(unmatched -> out.println("  note: " + unmatched));
      out.flush();
      RunUntilStopped.serving(() -> stop(server));
      return ExitStatus.YES;
    }
  }

  private PolicyFile opened() {
    try {
      return PolicyFile.open(policy);
    } catch (InvalidPolicyException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
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
