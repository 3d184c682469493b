package dev.rolecall.cli.access.run;

import dev.rolecall.access.AuditRules;
import dev.rolecall.access.audit.AuditCondition;
import dev.rolecall.access.audit.AuditLog;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.cli.arguments.ServerAddress;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.front.AuditFileOption;
import dev.rolecall.cli.front.FrontOptions;
import dev.rolecall.cli.front.ListenOptions;
import dev.rolecall.cli.front.MetricsOptions;
import dev.rolecall.cli.front.ServedMetrics;
import dev.rolecall.cli.server.RunUntilStopped;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.identity.Audience;
import dev.rolecall.service.AccessServer;
import dev.rolecall.service.AccessServerBuilder;
import dev.rolecall.service.rules.document.InvalidRulesException;
import dev.rolecall.service.store.StoreNotOpenedException;
import dev.rolecall.service.token.KeySealingException;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code rolecall access serve}: a node of the access service. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description =
        "Serve access for a time, by rules that are followed, until it is stopped. Without a"
            + " database it keeps its data in a folder.",
    footerHeading = "%nFor example:%n",
    footer = {
      "  rolecall access serve --rules access.yaml --write-cert /tmp/access.pem",
      "  rolecall access serve --rules access.yaml --listen 0.0.0.0:443 --attested \\",
      "    --database 'postgresql://db/access?user=access&sslmode=verify-full' \\",
      "    --database-password-file /run/secrets/access",
      "",
      "'rolecall access rules check' says what is wrong with rules."
    })
public final class AccessServeCommand implements Callable<Integer> {

  @Mixin NodeOptions nodeOptions;

  @Mixin ListenOptions listen;

  @Option(
      names = "--audience",
      defaultValue = "access",
      paramLabel = "NAME",
      description =
          "The name that callers sign for; repeat it while it changes. Default: ${DEFAULT-VALUE}.")
  List<Audience> audiences;

  @Mixin FrontOptions frontOptions;

  @Mixin AuditFileOption auditFile;

  @Mixin MetricsOptions metricsOptions;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    frontOptions.requireConsistent(listen.host());
    List<Scheme> schemes = frontOptions.schemes(audiences);
    try (ServedMetrics metrics = metricsOptions.serving()) {
      AccessServer node = started(schemes, metrics);
      try {
        serve(node, metrics);
      } finally {
        node.close();
      }
      return ExitStatus.YES;
    }
  }

  private void serve(AccessServer node, ServedMetrics metrics) {
    Audience audience = audiences.get(0);
    Server server =
        frontOptions
            .front(audience, node.guard())
            .open(listen.address(), builder -> addServices(builder, node));
    RunUntilStopped running =
        RunUntilStopped.with(
            () -> {
              node.stop();
              RunUntilStopped.stop(server);
              // Here too: the process may end before the thread that serves goes on.
              node.close();
            });
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "serving " + audience + " on " + ServerAddress.text(listen.host(), server.getPort()));
    out.println("  " + nodeOptions.rules + ": " + node.rules().rules().size() + " permissions");
    out.println("  " + nodeOptions.store.note());
    metrics.url().ifPresent(url -> out.println("  metrics at " + url));
    out.flush();
    frontOptions
        .attestedRole(audience, node.guard().access().lookup())
        .ifPresent(role -> out.println("  as " + role));
    out.flush();
    running.await();
  }

  private static void addServices(ServerBuilder<?> builder, AccessServer node) {
    node.services().forEach(builder::addService);
    builder.addService(new HealthStatusManager().getHealthService());
  }

  private AccessServer started(List<Scheme> schemes, ServedMetrics metrics) {
    AccessServerBuilder builder =
        nodeOptions
            .builder(audiences.get(0))
            .runtime(AccessRuntime.builder().openTelemetry(metrics.telemetry()).build());
    schemes.forEach(builder::accept);
    if (frontOptions.isCallFirst()) {
      builder.credentialOfCallBeforeClientCertificate();
    }
    Optional<AuditLog> log = auditFile.opened();
    log.ifPresent(file -> builder.audit(AuditRules.ofDefaults().to(file).on(AuditCondition.BOTH)));
    try {
      return builder.start();
    } catch (InvalidRulesException
        | StoreNotOpenedException
        | KeySealingException
        | IllegalArgumentException e) {
      log.ifPresent(AuditLog::close);
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    } catch (RuntimeException | Error e) {
      log.ifPresent(AuditLog::close);
      throw e;
    }
  }
}
