package dev.rolecall.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.AccessControl;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.identity.Audience;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.ring.SigningKeys;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.proxy.envoy.CheckedAudience;
import dev.rolecall.proxy.envoy.CheckerAddress;
import dev.rolecall.proxy.envoy.EnvoyChecker;
import dev.rolecall.proxy.relay.RelayServer;
import dev.rolecall.proxy.relay.Route;
import dev.rolecall.proxy.relay.Upstream;
import dev.rolecall.testing.RolecallExtension;
import dev.rolecall.testsupport.LoopbackServer;
import dev.rolecall.testsupport.TestCertificate;
import dev.rolecall.txntoken.TransactionTokenMint;
import dev.rolecall.txntoken.TrustDomain;
import io.grpc.ServerCredentials;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Runs the snippets of this module's README. */
final class ReadmeSnippetsTest {

  @RegisterExtension final RolecallExtension rolecall = RolecallExtension.forAudience("orders");

  @TempDir Path folder;

  private static PolicySource policy() {
    return PolicySource.fixed(AccessPolicy.builder("orders").build());
  }

  @Test
  void relayAndChecker_start() throws Exception {
    InetSocketAddress address = new InetSocketAddress(LoopbackServer.address(), 0);
    ServerCredentials tls = TestCertificate.generate().ofServer();
    Path socket = folder.resolve("checker.sock");
    SigningKeys keys = SigningKeys.inMemory(Algorithm.ES256, new SecureRandom());
    try (AccessRuntime runtime = rolecall.runtime().build();
        CallGuard guard = rolecall.guardBuilder(policy()).build();
        AccessControl control =
            AccessControl.builder(policy()).accept(rolecall.verifier()).runtime(runtime).build();
        TransactionTokenMint mint =
            TransactionTokenMint.builder(new TrustDomain("prod.example"), "edge", keys, runtime)
                .build()) {
      // region relay
      PassedIdentity identity = PassedIdentity.transactionTokens(mint, Audience.of("orders"));
      Route route =
          Route.builder("orders", guard, Upstream.overPlaintext("127.0.0.1:50051"))
              .identity(identity)
              .build();
      RelayServer relay = RelayServer.builder(address, tls).route(route).build().start();
      // endregion
      assertThat(relay.port()).isPositive();
      relay.close();

      // region checker
      EnvoyChecker checker =
          EnvoyChecker.builder(CheckerAddress.unixSocket(socket))
              .audience(CheckedAudience.of(Audience.of("orders"), control, identity))
              .start();
      // endregion
      assertThat(checker.isWarm()).isTrue();
      checker.close();
    }
  }
}
