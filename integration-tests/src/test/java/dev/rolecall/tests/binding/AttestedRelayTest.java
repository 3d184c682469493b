package dev.rolecall.tests.binding;

import static dev.rolecall.tests.binding.AttestedEnds.ORDERS_SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rolecall.identity.Evidence;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.tests.fixture.EchoClient;
import dev.rolecall.tests.fixture.GuardedServer;
import dev.rolecall.testsupport.Relay;
import dev.rolecall.testsupport.TestCertificate;
import io.grpc.Status;
import java.security.cert.CertificateException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Both ends proven, with something in between that passes bytes on. */
@Tag("attack")
final class AttestedRelayTest {

  @RegisterExtension final Bench bench = new Bench();

  private final AttestedEnds ends = new AttestedEnds(bench);
  private EmulatedCredentials checkout;
  private GuardedServer server;

  @BeforeEach
  void start() {
    checkout = bench.role(Bench.CHECKOUT);
    server = ends.server();
  }

  @Test
  void call_throughWhatPassesTlsOn_isKnownByItsConnection() {
    Relay relay = bench.closing(Relay.ofTcp(server.port()));
    EchoClient client =
        ends.clientOf(relay.port(), ends.client(checkout).expectServerRoles(ORDERS_SERVER));

    assertThat(client.say("hello")).startsWith(checkout.callerArn());
    assertThat(client.say("hello again")).startsWith(checkout.callerArn());

    assertThat(server.audits())
        .hasSize(2)
        .allSatisfy(
            record ->
                assertThat(record.caller().orElseThrow().evidence().carrier())
                    .isEqualTo(Evidence.Carrier.PEER_CERTIFICATE));
    assertThat(bench.sts().requests().total()).as("one for each certificate").isEqualTo(2);
  }

  @Test
  void call_throughWhatEndsTls_isNotSentAndSaysWhy() {
    TestCertificate balancer = TestCertificate.generate();
    Relay relay = bench.closing(Relay.endingTls(balancer, bench.certificate(), server.port()));

    // Of a few connections in a hundred, Netty keeps what it read after the failure, not the cause.
    await().untilAsserted(() -> assertSaysWhy(relay.port()));
    assertThat(server.arrived().availablePermits()).isZero();
  }

  private void assertSaysWhy(int port) {
    Throwable failure = ends.failure(port, ends.client(checkout).expectServerRoles(ORDERS_SERVER));

    assertThat(Status.fromThrowable(failure).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(failure)
        .hasRootCauseInstanceOf(CertificateException.class)
        .rootCause()
        .hasMessageContainingAll("not an attested certificate", "TLS ends in between");
  }
}
