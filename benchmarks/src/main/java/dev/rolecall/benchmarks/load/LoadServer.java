package dev.rolecall.benchmarks.load;

import dev.rolecall.access.AuditRules;
import dev.rolecall.access.audit.AuditCondition;
import dev.rolecall.access.lookup.CallerLookup;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.benchmarks.fleet.ChildCommands;
import dev.rolecall.benchmarks.fleet.EchoServer;
import dev.rolecall.benchmarks.fleet.Orders;
import dev.rolecall.benchmarks.fleet.ProcessUsage;
import dev.rolecall.benchmarks.fleet.RunCertificate;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.policy.PolicySource;
import io.grpc.ServerCredentials;
import io.opentelemetry.api.OpenTelemetry;
import java.net.URI;
import java.nio.file.Path;

/**
 * The process of a server: {@code LoadServer VARIANT CERTIFICATE STS}. Answers {@code port} with
 * its port, {@code usage} with what it has used.
 */
final class LoadServer {

  private LoadServer() {}

  public static void main(String[] args) throws Exception {
    ServerCredentials tls = RunCertificate.read(Path.of(args[1])).ofServer();
    try (EchoServer server = start(Variant.valueOf(args[0]), tls, URI.create(args[2]))) {
      ChildCommands commands =
          command ->
              switch (command) {
                case "port" -> String.valueOf(server.port());
                case "usage" -> ProcessUsage.now().text();
                default -> throw new IllegalArgumentException(command);
              };
      commands.serve();
    }
  }

  private static EchoServer start(Variant variant, ServerCredentials tls, URI sts) {
    return switch (variant) {
      case PLAIN, PLAIN_AGAIN -> EchoServer.start(tls);
      case ROLECALL -> guarded(tls, sts, OpenTelemetry.noop(), AuditCondition.ON_DENY);
      case AUDITED -> {
        Telemetry telemetry = Telemetry.toNowhere();
        yield guarded(tls, sts, telemetry.openTelemetry(), AuditCondition.BOTH)
            .closing(telemetry::close);
      }
      case BY_HAND -> {
        CallerLookup callers = CallerLookup.by(Orders.verifier(sts));
        yield EchoServer.start(tls, new ByHandInterceptor(callers)).closing(callers::close);
      }
    };
  }

  private static EchoServer guarded(
      ServerCredentials tls, URI sts, OpenTelemetry telemetry, AuditCondition auditing) {
    CallGuard guard =
        CallGuard.builder(PolicySource.fixed(Orders.policy()))
            .accept(Orders.verifier(sts))
            .audit(AuditRules.ofDefaults().on(auditing))
            .runtime(AccessRuntime.builder().openTelemetry(telemetry).build())
            .build();
    return EchoServer.start(tls, guard).closing(guard::close);
  }
}
