package dev.rolecall.cli.serve;

import dev.rolecall.access.AccessControlBuilder;
import dev.rolecall.access.proxy.TrustedProxies;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.cli.arguments.ServerAddress;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.front.ConsoleFeedOption;
import dev.rolecall.cli.front.FrontOptions;
import dev.rolecall.cli.front.GrantsOptions;
import dev.rolecall.cli.front.ListenOptions;
import dev.rolecall.cli.front.MetricsOptions;
import dev.rolecall.cli.front.PolicyOptions;
import dev.rolecall.cli.front.RecordOptions;
import dev.rolecall.cli.front.ServedFeed;
import dev.rolecall.cli.front.ServedGrants;
import dev.rolecall.cli.front.ServedMetrics;
import dev.rolecall.cli.front.ServedPolicies;
import dev.rolecall.cli.front.TrustedProxyOptions;
import dev.rolecall.cli.server.EchoServer;
import dev.rolecall.cli.server.RunUntilStopped;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.identity.Audience;
import io.grpc.Server;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code rolecall serve}: a secured demo service for any gRPC client to try. */
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
      "  rolecall serve --audience orders --policy orders.yaml \\",
      "    --grants access.internal:443",
      "  rolecall serve --audience orders --policy orders.yaml --console-feed",
      "",
      "The policy is read again when its file changes. Health checks and reflection",
      "are calls like any other: list them under public_methods if anyone may make",
      "them."
    })
public final class ServeCommand implements Callable<Integer> {

  /** The callers of the server: those that prove themselves, and those that proxies pass on. */
  private record Callers(List<Scheme> schemes, Optional<TrustedProxies> proxies) {}

  /** The runtime of the server's guard, and the feed that goes by it. */
  private record Recording(AccessRuntime runtime, ServedFeed feed) {}

  @Mixin ListenOptions listen;

  @Option(
      names = "--audience",
      required = true,
      paramLabel = "NAME",
      description =
          "The name that callers sign for. Once more for each other name, while a server is"
              + " renamed: the first is the one in records.")
  List<Audience> audiences;

  @Mixin PolicyOptions policyOptions;

  @Mixin FrontOptions frontOptions;

  @Mixin TrustedProxyOptions proxyOptions;

  @Mixin GrantsOptions grantsOptions;

  @Mixin RecordOptions recordOptions;

  @Mixin ConsoleFeedOption feedOption;

  @Mixin MetricsOptions metricsOptions;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    frontOptions.requireConsistent(listen.host());
    Audience audience = audiences.get(0);
    List<Scheme> schemes = frontOptions.schemes(audiences);
    Optional<TrustedProxies> proxies = proxyOptions.trusted(audiences);
    try (ServedMetrics metrics = metricsOptions.serving();
        ServedPolicies policies = policyOptions.opened(schemes, proxies);
        ServedGrants grants = grantsOptions.following(frontOptions.sts());
        AccessRuntime runtime = runtime(metrics);
        ServedFeed feed = feedOption.opened(runtime);
        CallGuard guard =
            guard(policies, new Callers(schemes, proxies), new Recording(runtime, feed), grants)) {
      Server server =
          frontOptions
              .front(audience, guard)
              .open(listen.address(), builder -> feed.addTo(EchoServer.served(builder)));
      RunUntilStopped running = RunUntilStopped.with(() -> stop(feed, server, guard));
      PrintWriter out = spec.commandLine().getOut();
      out.println(
          "serving " + audience + " on " + ServerAddress.text(listen.host(), server.getPort()));
      if (!recordOptions.note().isEmpty()) {
        out.println("  " + recordOptions.note());
      }
      metrics.url().ifPresent(url -> out.println("  metrics at " + url));
      out.flush();
      frontOptions
          .attestedRole(audience, guard.access().lookup())
          .ifPresent(role -> out.println("  as " + role));
      policies.notes(EchoServer.methodsOf(server)).forEach(note -> out.println("  " + note));
      feed.note(policies::mayAllow).ifPresent(note -> out.println("  " + note));
      out.flush();
      running.await();
      return ExitStatus.YES;
    }
  }

  /** Closes the guard here too: the process may end before the thread that serves goes on. */
  private static void stop(ServedFeed feed, Server server, CallGuard guard) {
    feed.end();
    RunUntilStopped.stop(server);
    guard.close();
  }

  private static AccessRuntime runtime(ServedMetrics metrics) {
    return AccessRuntime.builder().openTelemetry(metrics.telemetry()).build();
  }

  private CallGuard guard(
      ServedPolicies policies, Callers callers, Recording recording, ServedGrants grants) {
    AccessControlBuilder control = policies.control().runtime(recording.runtime());
    callers.schemes().forEach(control::accept);
    callers.proxies().ifPresent(control::trustedProxies);
    if (frontOptions.isCallFirst()) {
      control.credentialOfCallBeforeClientCertificate();
    }
    try {
      return recordOptions.built(
          grants.followedBy(control),
          recording.feed(),
          options -> CallGuard.builder(options).build());
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(e.getMessage() + grants.hint(e), e);
    }
  }
}
