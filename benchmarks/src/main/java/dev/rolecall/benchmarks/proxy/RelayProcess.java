package dev.rolecall.benchmarks.proxy;

import dev.rolecall.benchmarks.fleet.ChildCommands;
import dev.rolecall.benchmarks.fleet.Echo;
import dev.rolecall.benchmarks.fleet.OneClock;
import dev.rolecall.benchmarks.fleet.Orders;
import dev.rolecall.benchmarks.fleet.RunCertificate;
import dev.rolecall.benchmarks.grants.HeldStreams;
import dev.rolecall.benchmarks.pace.Terminal;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.document.SettablePolicy;
import dev.rolecall.proxy.relay.RelayServer;
import dev.rolecall.proxy.relay.Route;
import dev.rolecall.proxy.relay.Upstream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * The process of a relay with a guard, tokens and one event loop: {@code RelayProcess CERTIFICATE
 * STS UPSTREAM-PORT}. Answers {@code port}, {@code clock}, {@code heap} with the live bytes, {@code
 * allow}, and {@code deny} with the time at which the policy that admits nobody was set.
 */
final class RelayProcess implements ChildCommands {

  private static final int COLLECTIONS = 4;

  private final RelayServer relay;
  private final SettablePolicy policies;

  private RelayProcess(RelayServer relay, SettablePolicy policies) {
    this.relay = relay;
    this.policies = policies;
  }

  public static void main(String[] arguments) throws Exception {
    Terminal.showWarningsOnly();
    SettablePolicy policies = SettablePolicy.of(policy(Orders.CHECKOUT));
    try (TokenIdentity identity = new TokenIdentity();
        CallGuard guard =
            CallGuard.builder(policies).accept(Orders.verifier(URI.create(arguments[1]))).build();
        RelayServer relay =
            RelayServer.builder(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    RunCertificate.read(Path.of(arguments[0])).ofServer())
                .eventLoops(1)
                .route(
                    Route.builder(
                            "orders", guard, Upstream.overPlaintext("127.0.0.1:" + arguments[2]))
                        .identity(identity.toOrders())
                        .build())
                .build()
                .start()) {
      new RelayProcess(relay, policies).serve();
    }
  }

  private static AccessPolicy policy(String role) {
    return AccessPolicy.builder("orders")
        .allow("everything", List.of(RolePattern.parse(role)), Echo.ALL, HeldStreams.ALL)
        .build();
  }

  @Override
  public String answer(String command) {
    return switch (command) {
      case "port" -> Integer.toString(relay.port());
      case OneClock.COMMAND -> OneClock.answer();
      case "heap" -> Long.toString(liveBytes());
      case "allow" -> {
        policies.set(policy(Orders.CHECKOUT));
        yield "";
      }
      case "deny" -> {
        long now = System.nanoTime();
        policies.set(policy("arn:aws:iam::111122223333:role/another"));
        yield Long.toString(now);
      }
      default -> throw new IllegalArgumentException("command: " + command);
    };
  }

  private static long liveBytes() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
