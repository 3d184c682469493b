package dev.rolecall.tls;

import dev.rolecall.guard.CallGuard;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.verifier.StsVerifier;
import io.grpc.BindableService;
import io.grpc.ServerBuilder;

/**
 * The snippets of the module's README. The text between {@code region} and {@code endregion} is
 * there too, letter by letter; {@link SnippetsTest} runs it.
 */
final class Snippets {

  private Snippets() {}

  /** A server on that port, and the guard that closes what it has. */
  record Guarded(CallGuard guard, ServerBuilder<?> builder) {}

  static Guarded server(int port, PolicySource policies, BindableService orders) {
    // region server
    CallGuard guard = CallGuard.builder(policies).accept(StsVerifier.forAudience("orders")).build();
    ServerBuilder<?> server =
        AttestedTls.server("orders").newServerBuilder(port, guard).addService(orders);
    // endregion
    return new Guarded(guard, server);
  }

  static AttestedChannel client() {
    // region client
    AttestedChannel tls =
        AttestedTls.channel("orders")
            .expectServerRoles("arn:aws:iam::111122223333:role/orders-server")
            .start();
    // endregion
    return tls;
  }
}
