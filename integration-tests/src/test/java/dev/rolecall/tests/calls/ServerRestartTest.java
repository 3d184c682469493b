package dev.rolecall.tests.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.tests.fixture.EchoClient;
import dev.rolecall.tests.fixture.GuardedServer;
import dev.rolecall.tests.fixture.ServerSetup;
import dev.rolecall.testsupport.Relay;
import dev.rolecall.testsupport.TestCertificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server goes and comes back; its clients keep their channel and credentials. */
final class ServerRestartTest {

  @RegisterExtension final Bench bench = new Bench();

  private final TestCertificate renewed = TestCertificate.generate();
  private EmulatedCredentials checkout;
  private GuardedServer before;
  private Relay address;
  private EchoClient client;

  @BeforeEach
  void start() {
    checkout = bench.role(Bench.CHECKOUT);
    before = bench.server().start();
    address = bench.closing(Relay.ofTcp(before.port()));
    client =
        bench
            .clientOf(address.port(), TestCertificate.trusting(bench.certificate(), renewed))
            .with(bench.signing(checkout));
    assertThat(client.say("before")).startsWith(checkout.callerArn());
    assertThat(bench.sts().requests().total()).isEqualTo(1);
  }

  @Test
  void restart_withTheSameCertificate_sameProofIsVerifiedAnew() throws Exception {
    GuardedServer after = restarted(bench.server());

    assertThat(client.say("after")).startsWith(checkout.callerArn());

    assertThat(after.proofs()).isEqualTo(before.proofs());
    assertThat(bench.sts().requests().total()).isEqualTo(2);
  }

  @Test
  void restart_withANewCertificate_aNewProofIsBoundToIt() throws Exception {
    GuardedServer after = restarted(bench.server().certificate(renewed));

    assertThat(client.say("after")).startsWith(checkout.callerArn());

    assertThat(before.proofs())
        .allMatch(proof -> proof.contains("~channel." + Bench.hashOf(bench.certificate()) + "~"));
    assertThat(after.proofs())
        .hasSize(1)
        .allMatch(proof -> proof.contains("~channel." + Bench.hashOf(renewed) + "~"));
  }

  /** At the same address, which leads to another port: the old one could be somebody's by now. */
  private GuardedServer restarted(ServerSetup setup) {
    before.close();
    GuardedServer after = setup.start();
    address.leadTo(after.port());
    client.reconnectNow();
    return after;
  }
}
