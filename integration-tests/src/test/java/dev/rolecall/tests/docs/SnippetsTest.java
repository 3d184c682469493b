package dev.rolecall.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rolecall.policy.document.PolicyDocument;
import dev.rolecall.stsemulator.StsEmulator;
import dev.rolecall.stsemulator.protocol.StsAction;
import dev.rolecall.tests.docs.orders.GetOrder;
import dev.rolecall.tests.docs.orders.Order;
import dev.rolecall.tests.docs.orders.OrdersGrpc;
import dev.rolecall.testsupport.TestCertificate;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Runs the README's snippets as they stand: TLS between client and server, credentials and Region
 * from the default chain, STS asked by its own name, which leads to the emulator.
 */
@Tag("attack")
class SnippetsTest {

  private final StsEmulator emulator = StsEmulator.start();
  private final TestCertificate ofSts = TestCertificate.generateFor("sts.eu-west-1.amazonaws.com");
  private final TestCertificate ofServer = TestCertificate.generate();
  private final StsProxy proxy;
  private final AwsSurroundings aws;
  private final Snippets.Running running;
  private final ManagedChannel channel;

  SnippetsTest() throws Exception {
    proxy = new StsProxy(emulator.endpoint(), ofSts.context());
    aws = new AwsSurroundings(proxy, ofSts.context());
    running = Snippets.server(0, ofServer.ofServer(), policyFile());
    Server server = running.server().start();
    channel =
        Grpc.newChannelBuilderForAddress(
                "127.0.0.1", server.getPort(), TestCertificate.trusting(ofServer))
            .build();
  }

  static Path policyFile() {
    URL file = Objects.requireNonNull(SnippetsTest.class.getResource("orders.yaml"));
    return Path.of(URI.create(file.toString()));
  }

  @BeforeEach
  void becomeCheckout() {
    aws.become(emulator.addRole("arn:aws:iam::111122223333:role/checkout"));
  }

  @AfterEach
  void stop() throws Exception {
    channel.shutdownNow();
    assertThat(channel.awaitTermination(2, TimeUnit.MINUTES)).isTrue();
    running.stop();
    assertThat(running.server().isTerminated()).isTrue();
    aws.close();
    proxy.close();
    emulator.close();
  }

  @Test
  void snippets_roleThatMay_isServedAndKnownToTheHandler() {
    Order order = Snippets.client(channel, "tea");

    assertThat(order.getItem()).isEqualTo("tea");
    assertThat(order.getAskedBy()).isEqualTo("arn:aws:iam::111122223333:role/checkout");
    assertThat(proxy.asked()).containsExactly("CONNECT sts.eu-west-1.amazonaws.com:443 HTTP/1.1");
    assertThat(emulator.requests().of(StsAction.GET_CALLER_IDENTITY)).isEqualTo(1);
  }

  @Test
  void snippets_roleThatMayNot_isDenied() {
    aws.become(emulator.addRole("arn:aws:iam::111122223333:role/reports"));

    assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(() -> Snippets.client(channel, "tea"))
        .satisfies(
            denied ->
                assertThat(denied.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED));
  }

  @Test
  void snippets_callWithoutProof_isUnauthenticated() {
    assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(() -> OrdersGrpc.newBlockingStub(channel).get(GetOrder.getDefaultInstance()))
        .satisfies(
            refused ->
                assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED));
    assertThat(emulator.requests().total()).isZero();
  }

  @Test
  void policySnippet_loads() throws Exception {
    assertThat(PolicyDocument.load(policyFile()).name()).isEqualTo("orders");
  }
}
