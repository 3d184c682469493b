package dev.rolecall.tests.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.tests.fixture.EchoClient;
import dev.rolecall.tests.fixture.GuardedServer;
import dev.rolecall.tests.fixture.SeenRefusal;
import io.grpc.Status;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Without TLS anyone on the way could read the proof. */
final class PlaintextTest {

  @RegisterExtension final Bench bench = new Bench();

  private EmulatedCredentials checkout;
  private GuardedServer server;
  private EchoClient channel;

  @BeforeEach
  void start() {
    checkout = bench.role(Bench.CHECKOUT);
    server = bench.server().plaintext().start();
    channel = bench.plaintextClient(server);
  }

  @Test
  void client_byDefault_sendsNoProof() {
    SeenRefusal seen = channel.with(bench.signing(checkout)).sayRefused();

    assertThat(seen.code()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(seen.description()).contains("transport security", "TLS", "allowPlaintext()");
    assertThat(server.proofs()).isEmpty();
    assertThat(server.arrived().availablePermits()).isZero();
  }

  @Test
  void client_whereItIsAllowed_sendsABearer() {
    EchoClient client =
        channel.with(bench.closing(bench.signingOptions(checkout).allowPlaintext().build()));

    assertThat(client.say("hello")).startsWith(checkout.callerArn());
    assertThat(server.proofs()).hasSize(1).allMatch(proof -> proof.contains("~bearer~"));
  }
}
