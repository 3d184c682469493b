package dev.rolecall.benchmarks.proxy;

import dev.rolecall.access.AccessControl;
import dev.rolecall.benchmarks.fleet.ChildCommands;
import dev.rolecall.benchmarks.fleet.Echo;
import dev.rolecall.benchmarks.fleet.Orders;
import dev.rolecall.benchmarks.pace.Terminal;
import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.proxy.envoy.CheckedAudience;
import dev.rolecall.proxy.envoy.CheckerAddress;
import dev.rolecall.proxy.envoy.EnvoyChecker;
import java.net.URI;
import java.util.List;

/**
 * The process of a server of external authorization: {@code CheckServer CHECKING STS}. Answers any
 * command with its port.
 */
final class CheckServer {

  private static final String CALLERS = "arn:aws:iam::111122223333:role/caller-*";

  private CheckServer() {}

  public static void main(String[] arguments) throws Exception {
    Terminal.showWarningsOnly();
    if (Checking.valueOf(arguments[0]) == Checking.TRIVIAL) {
      try (TrivialChecker server = TrivialChecker.start()) {
        ((ChildCommands) command -> Integer.toString(server.port())).serve();
      }
      return;
    }
    try (TokenIdentity identity = new TokenIdentity();
        EnvoyChecker checker =
            EnvoyChecker.builder(CheckerAddress.loopback(0))
                .audience(
                    CheckedAudience.of(
                        Orders.AUDIENCE, access(URI.create(arguments[1])), identity.toOrders()))
                .threads(1)
                .start()) {
      ((ChildCommands) command -> Integer.toString(checker.port())).serve();
    }
  }

  private static AccessControl access(URI sts) {
    AccessPolicy policy =
        AccessPolicy.builder("orders")
            .allow("callers", List.of(RolePattern.parse(CALLERS)), Echo.ALL)
            .build();
    return AccessControl.builder(PolicySource.fixed(policy)).accept(Orders.verifier(sts)).build();
  }
}
