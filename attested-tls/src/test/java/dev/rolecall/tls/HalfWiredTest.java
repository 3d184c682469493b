package dev.rolecall.tls;

import static dev.rolecall.tls.Surroundings.AUDIENCE;
import static dev.rolecall.tls.Surroundings.CHECKOUT;
import static dev.rolecall.tls.Surroundings.ORDERS_SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.guard.CallGuard;
import dev.rolecall.identity.Audience;
import dev.rolecall.testsupport.CapturedLog;
import dev.rolecall.tls.internal.certificate.TestKeys;
import dev.rolecall.verifier.StsVerifier;
import io.grpc.Status;
import java.security.KeyPair;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Ends that do not fit each other, or their guard: the end that has the mistake says what is wrong,
 * with the cure.
 */
final class HalfWiredTest {

  @RegisterExtension final Surroundings around = new Surroundings();

  private CapturedLog log;

  @BeforeEach
  void listen() {
    log = around.closing(CapturedLog.of("rolecall.tls"));
  }

  private CallGuard guard(String audience) {
    return around.closing(
        around.guard(Audience.of(audience), Surroundings.everythingFor(CHECKOUT)).build());
  }

  @ParameterizedTest
  @EnumSource
  void ends_thatArePutTogetherRight_saySoByNothing(TlsProvider provider) {
    RunningServer server = around.start(provider, around.server(ORDERS_SERVER));

    assertThat(around.caller(provider, around.client(CHECKOUT), server).greet())
        .startsWith(CHECKOUT);
    assertThat(log.with("")).isEmpty();
  }

  @Test
  void verifier_forAnotherAudience_doesNotStart() {
    CallGuard billing = guard("billing");

    assertThatThrownBy(
            () -> around.server(ORDERS_SERVER).newServerBuilder(TlsProvider.JDK::server, billing))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("another audience (expected: StsVerifier.forAudience of orders");
    assertThatThrownBy(
            () -> around.client(CHECKOUT).verifier(around.verifier(Audience.of("billing"))).start())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("another audience");
    assertThat(around.asked()).isZero();
    assertThat(around.renewals()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void endpoint_thatTheClientsVerifierDoesNotKnow_isToldOfAtItsStartAndByItsCalls(
      TlsProvider provider) {
    RunningServer server = around.start(provider, around.server(ORDERS_SERVER));
    StsVerifier ofAws = StsVerifier.forAudience(AUDIENCE);
    assertThat(log.with("")).isEmpty();

    TestCaller caller = around.caller(provider, around.client(CHECKOUT).verifier(ofAws), server);

    String sts = around.sts().endpoint().getAuthority();
    assertThat(log.with("proves its role by the STS at " + sts))
        .singleElement()
        .asString()
        .contains("acceptCustomEndpoint(...)");
    Status status = caller.refused();
    assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(status.getDescription())
        .startsWith("the server's attestation is refused: ISSUER_NOT_ALLOWED")
        .contains(sts, "this client's verifier", "acceptCustomEndpoint(...)");
    assertThat(server.streams()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void server_forAnotherAudience_isNamedInTheStatus(TlsProvider provider) {
    RunningServer server = around.start(provider, around.server("billing", ORDERS_SERVER));

    assertThat(around.caller(provider, around.client(CHECKOUT), server).refused().getDescription())
        .contains("AUDIENCE_MISMATCH: it is for the audience billing");
  }

  @Test
  void server_withTheKeyOfAnotherCertificate_doesNotStart() {
    OrdinaryCertificate one = OrdinaryCertificate.forLocalhost();
    KeyPair another = TestKeys.keyPair();

    assertThatThrownBy(
            () ->
                around
                    .server(ORDERS_SERVER)
                    .showCertificateInsteadOfAttestation(
                        new FixedKeys(one.certificate(), another.getPrivate()))
                    .newServerBuilder(TlsProvider.JDK::server, guard(AUDIENCE)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the private key of \"only\" is not its certificate's");
  }

  @Test
  void server_withoutAKeyManager_doesNotStart() {
    assertThatThrownBy(
            () ->
                around
                    .server(ORDERS_SERVER)
                    .showCertificateInsteadOfAttestation()
                    .newServerBuilder(TlsProvider.JDK::server, guard(AUDIENCE)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no key manager");
  }

  @ParameterizedTest
  @EnumSource
  void end_closedBeforeItsChannel_isNamedInTheStatus(TlsProvider provider) {
    RunningServer server = around.start(provider, around.server(ORDERS_SERVER));
    AttestedChannel tls = around.started(around.client(CHECKOUT));
    TestCaller caller = around.caller(provider, tls.credentials(), server);
    tls.close();

    Status status = caller.refused();

    assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(status.getDescription()).startsWith("the AttestedChannel").contains("is closed");
  }

  @ParameterizedTest
  @EnumSource
  void client_withAnOrdinaryCertificate_isToldOfOnceAtTheServer(TlsProvider provider) {
    RunningServer server = around.start(provider, around.server(ORDERS_SERVER));
    OrdinaryCertificate ordinary = OrdinaryCertificate.forLocalhost();
    TestCaller caller = around.caller(provider, Forgery.client(ordinary.keys()), server);

    assertThat(caller.refused().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    caller.channel().resetConnectBackoff();
    assertThat(caller.refused().getCode()).isEqualTo(Status.Code.UNAVAILABLE);

    assertThat(log.with("the client is none of AttestedTls.channel")).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void server_withAnOrdinaryCertificate_isToldOfAtTheClient(TlsProvider provider) {
    OrdinaryCertificate ordinary = OrdinaryCertificate.forLocalhost();
    RunningServer server =
        around.start(
            provider,
            around.server(ORDERS_SERVER).showCertificateInsteadOfAttestation(ordinary.keys()));

    assertThat(around.caller(provider, around.client(CHECKOUT), server).refused().getCode())
        .isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(log.with("the server attests nothing, or TLS ends in between")).hasSize(1);
  }
}
