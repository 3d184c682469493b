package dev.rolecall.tests.binding;

import static dev.rolecall.tests.binding.AttestedEnds.ORDERS_SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rolecall.identity.RefusalReason;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.tests.fixture.EchoClient;
import dev.rolecall.tests.fixture.GuardedServer;
import dev.rolecall.tests.fixture.SeenRefusal;
import dev.rolecall.testsupport.TestCertificate;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Calls through an nginx that ends TLS, as it is installed; skipped where it is not. */
@Tag("attack")
final class NginxTest {

  @RegisterExtension final Bench bench = new Bench();

  private final AttestedEnds ends = new AttestedEnds(bench);
  private final TestCertificate balancer = TestCertificate.generate();
  private EmulatedCredentials checkout;
  @TempDir Path folder;

  @BeforeEach
  void start() {
    checkout = bench.role(Bench.CHECKOUT);
  }

  @Test
  void call_withABearerProof_isAdmitted() {
    GuardedServer server = bench.server().start();

    EchoClient client = trusting(before(server));

    assertThat(
            client
                .with(bench.closing(bench.signingOptions(checkout).bearerProofs().build()))
                .say("hello"))
        .startsWith(checkout.callerArn());
  }

  @Test
  void call_withABoundProof_isRefusedUnaskedForItsChannel() {
    GuardedServer server = bench.server().start();

    SeenRefusal seen = trusting(before(server)).with(bench.signing(checkout)).sayRefused();

    assertThat(seen.code()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(seen.reason()).isEqualTo(RefusalReason.CHANNEL_MISMATCH.name());
    assertThat(seen.description()).contains("a different certificate", "terminating TLS");
    assertThat(server.proofs())
        .singleElement()
        .asString()
        .contains(Bench.hashOf(balancer).toString());
    assertThat(bench.sts().requests().total()).isZero();
  }

  @Test
  void call_toAnAttestedServer_isNotSentAndSaysWhy() {
    GuardedServer server = ends.server();

    Throwable failure =
        ends.failure(before(server).port(), ends.client(checkout).expectServerRoles(ORDERS_SERVER));

    assertThat(Status.fromThrowable(failure).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(failure)
        .rootCause()
        .hasMessageContainingAll("not an attested certificate", "TLS ends in between");
    assertThat(server.arrived().availablePermits()).isZero();
    assertThat(bench.sts().requests().total()).isZero();
  }

  @Test
  void call_toAnAttestedServer_whereTheClientTrustsTheProxy_isAnsweredByTheProxyAlone() {
    GuardedServer server = ends.server();

    Throwable failure =
        ends.failure(
            before(server).port(),
            ends.client(checkout)
                .trustServersOfCertificateAuthorities(TestCertificate.trustManagers(balancer)));

    assertThat(Status.fromThrowable(failure).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(failure).hasMessageContaining("HTTP status code 502");
    assertThat(server.arrived().availablePermits()).isZero();
    assertThat(bench.sts().requests().total()).isZero();
  }

  private Nginx before(GuardedServer server) {
    Optional<Nginx> nginx = Nginx.start(folder, balancer, server.port());
    assumeTrue(nginx.isPresent(), Nginx.HOW_TO_GET_IT);
    return bench.closing(nginx.get());
  }

  private EchoClient trusting(Nginx nginx) {
    return bench.clientOf(nginx.port(), TestCertificate.trusting(balancer));
  }
}
