package dev.rolecall.tests.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.tests.fixture.EchoClient;
import dev.rolecall.tests.fixture.GuardedServer;
import dev.rolecall.tests.fixture.TestCertificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server goes and comes back; its clients keep their channel and credentials. */
final class ServerRestartTest {

  @RegisterExtension final Bench bench = new Bench();

  private final TestCertificate renewed = TestCertificate.generate();
  private EmulatedCredentials checkout;
  private GuardedServer before;
  private EchoClient client;

  @BeforeEach
  void start() {
    checkout = bench.role(Bench.CHECKOUT);
    before = bench.server().start();
    client =
        bench
            .client(before, TestCertificate.trusting(bench.certificate(), renewed))
            .with(bench.signing(checkout));
    assertThat(client.say("before")).startsWith(checkout.callerArn());
    assertThat(bench.sts().requests().total()).isEqualTo(1);
  }

  @Test
  void restart_withTheSameCertificate_sameProofIsVerifiedAnew() throws Exception {
    before.close();
    GuardedServer after = bench.server().port(before.port()).start();
    client.reconnectNow();

    assertThat(client.say("after")).startsWith(checkout.callerArn());

    assertThat(after.proofs()).isEqualTo(before.proofs());
    assertThat(bench.sts().requests().total()).isEqualTo(2);
  }

  @Test
  void restart_withANewCertificate_aNewProofIsBoundToIt() throws Exception {
    before.close();
    GuardedServer after = bench.server().port(before.port()).certificate(renewed).start();
    client.reconnectNow();

    assertThat(client.say("after")).startsWith(checkout.callerArn());

    assertThat(before.proofs())
        .allMatch(proof -> proof.contains("~channel." + bench.certificate().hash() + "~"));
    assertThat(after.proofs())
        .hasSize(1)
        .allMatch(proof -> proof.contains("~channel." + renewed.hash() + "~"));
  }
}
