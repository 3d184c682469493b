package dev.rolecall.tests.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.RefusalReason;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.tests.fixture.EchoClient;
import dev.rolecall.tests.fixture.GuardedServer;
import dev.rolecall.tests.fixture.SeenRefusal;
import dev.rolecall.testsupport.Relay;
import dev.rolecall.testsupport.TestCertificate;
import dev.rolecall.verifier.StsVerifier;
import io.grpc.ChannelCredentials;
import io.grpc.Status;
import io.grpc.util.AdvancedTlsX509KeyManager;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A proof is good on the connection it was made for, whatever carries that connection. */
@Tag("attack")
final class ChannelBindingTest {

  @RegisterExtension final Bench bench = new Bench();

  private final AdvancedTlsX509KeyManager keys = new AdvancedTlsX509KeyManager();
  private final TestCertificate balancer = TestCertificate.generate();
  private EmulatedCredentials checkout;

  @BeforeEach
  void start() {
    checkout = bench.role(Bench.CHECKOUT);
    bench.certificate().showOn(keys);
  }

  @ParameterizedTest
  @MethodSource("dev.rolecall.tests.binding.TlsProviders#all")
  void call_directly_isAdmittedByItsChannel(TlsProviders tls) {
    GuardedServer server = serving(tls, StsVerifier::requireChannelBinding);

    EchoClient client = client(server.port(), tls.trusting(bench.certificate()));

    assertThat(client.say("hello")).startsWith(checkout.callerArn());
    assertThat(server.proofs()).singleElement().asString().contains(channelOf(bench.certificate()));
  }

  @ParameterizedTest
  @MethodSource("dev.rolecall.tests.binding.TlsProviders#newest")
  void call_throughWhatPassesTlsOn_isAdmittedByItsChannel(TlsProviders tls) {
    GuardedServer server = serving(tls, StsVerifier::requireChannelBinding);
    Relay relay = bench.closing(Relay.ofTcp(server.port()));

    EchoClient client = client(relay.port(), tls.trusting(bench.certificate()));

    assertThat(client.say("hello")).startsWith(checkout.callerArn());
    assertThat(server.proofs()).singleElement().asString().contains(channelOf(bench.certificate()));
  }

  @ParameterizedTest
  @MethodSource("dev.rolecall.tests.binding.TlsProviders#newest")
  void call_throughWhatEndsTls_isRefusedUnaskedForItsChannel(TlsProviders tls) {
    GuardedServer server = serving(tls, UnaryOperator.identity());
    Relay relay = endingTls(server);

    SeenRefusal seen = client(relay.port(), tls.trusting(balancer)).sayRefused();

    assertThat(seen.code()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(seen.reason()).isEqualTo(RefusalReason.CHANNEL_MISMATCH.name());
    assertThat(seen.description()).contains("a different certificate", "terminating TLS");
    assertThat(server.proofs()).singleElement().asString().contains(channelOf(balancer));
    assertThat(bench.sts().requests().total()).isZero();
  }

  @ParameterizedTest
  @MethodSource("dev.rolecall.tests.binding.TlsProviders#usual")
  void call_throughABalancerThatIsListed_isAdmittedByItsChannel(TlsProviders tls) {
    GuardedServer server =
        serving(
            tls,
            verifier ->
                verifier.requireChannelBinding().acceptBalancerCertificate(Bench.hashOf(balancer)));
    Relay relay = endingTls(server);

    EchoClient client = client(relay.port(), tls.trusting(balancer));

    assertThat(client.say("hello")).startsWith(checkout.callerArn());
    assertThat(server.proofs()).singleElement().asString().contains(channelOf(balancer));
  }

  @ParameterizedTest
  @MethodSource("dev.rolecall.tests.binding.TlsProviders#usual")
  void call_throughWhatEndsTlsWithABearer_isAdmittedUnlessAChannelIsRequired(TlsProviders tls) {
    GuardedServer lenient = serving(tls, UnaryOperator.identity());
    GuardedServer strict = serving(tls, StsVerifier::requireChannelBinding);
    ChannelCredentials trusted = tls.trusting(balancer);

    assertThat(bearer(endingTls(lenient), trusted).say("hello")).startsWith(checkout.callerArn());
    assertThat(bearer(endingTls(strict), trusted).sayRefused().reason())
        .isEqualTo(RefusalReason.BINDING_REQUIRED.name());
  }

  private GuardedServer serving(TlsProviders tls, UnaryOperator<StsVerifier> options) {
    return bench.server().credentials(tls.serving(keys)).verifying(options).start();
  }

  private Relay endingTls(GuardedServer server) {
    return bench.closing(Relay.endingTls(balancer, bench.certificate(), server.port()));
  }

  private EchoClient client(int port, ChannelCredentials channel) {
    return bench.clientOf(port, channel).with(bench.signing(checkout));
  }

  private EchoClient bearer(Relay relay, ChannelCredentials channel) {
    return bench
        .clientOf(relay.port(), channel)
        .with(bench.closing(bench.signingOptions(checkout).bearerProofs().build()));
  }

  private static String channelOf(TestCertificate certificate) {
    return "~channel." + Bench.hashOf(certificate) + "~";
  }
}
