package dev.rolecall.tls;

import static dev.rolecall.tls.Surroundings.AUDIENCE;
import static dev.rolecall.tls.Surroundings.CHECKOUT;
import static dev.rolecall.tls.Surroundings.ORDERS_SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.identity.Audience;
import dev.rolecall.testsupport.CapturedLog;
import dev.rolecall.verifier.CallerVerifier;
import dev.rolecall.verifier.grpc.RoleGuard;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.Status;
import java.io.IOException;
import java.security.KeyPair;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Ends that were put together by half, or that do not fit each other: what is wrong is said, at the
 * end that has it, with the cure.
 */
final class HalfWiredTest {

  @RegisterExtension final Surroundings around = new Surroundings();

  private CapturedLog log;

  @BeforeEach
  void listen() {
    log = around.closing(CapturedLog.of("rolecall.tls"));
  }

  private RoleGuard ordinaryGuard() {
    return around.closing(
        RoleGuard.builder(around.verifier(AUDIENCE), Surroundings.everythingFor(CHECKOUT))
            .clock(around.clock())
            .build());
  }

  /** A server with the credentials of that end, and whatever else was done to it. */
  private TestCaller callerOf(
      TlsProvider provider, AttestedServer tls, UnaryOperator<ServerBuilder<?>> wiring)
      throws IOException {
    Server server =
        wiring.apply(provider.server(tls.credentials()).addService(new Greeter())).build();
    server.start();
    around.closing(() -> Surroundings.end(server));
    return new TestCaller(
        around.closingChannel(
            provider
                .channel(server.getPort(), around.started(around.client(CHECKOUT)).credentials())
                .build()));
  }

  @Test
  void secure_guardThatWasNotMadeForIt_isRefused() {
    AttestedServer tls = around.started(around.server(ORDERS_SERVER));
    RoleGuard guard = ordinaryGuard();
    ServerBuilder<?> server = TlsProvider.JDK.server(tls.credentials());

    assertThatThrownBy(() -> tls.secure(server, guard))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: one that AttestedServer.guard made");
  }

  @ParameterizedTest
  @EnumSource
  void guard_attachedWithoutSecure_isToldOfOnceAtTheServer(TlsProvider provider) throws Exception {
    AttestedServer tls = around.started(around.server(ORDERS_SERVER));
    RoleGuard guard = around.closing(tls.guard(Surroundings.everythingFor(CHECKOUT)).build());
    TestCaller caller = callerOf(provider, tls, server -> server.intercept(guard));

    assertThat(caller.refused().getDescription()).startsWith("ATTESTATION_INVALID");
    caller.reconnect();
    assertThat(caller.refused().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);

    assertThat(log.with("AttestedServer.secure"))
        .singleElement()
        .asString()
        .startsWith("WARNING")
        .contains("secure(serverBuilder, guard)");
  }

  @ParameterizedTest
  @EnumSource
  void ordinaryGuard_onAnAttestedPort_isToldOfOnceAtTheServer(TlsProvider provider)
      throws Exception {
    AttestedServer tls = around.started(around.server(ORDERS_SERVER));
    RoleGuard guard = ordinaryGuard();
    TestCaller caller = callerOf(provider, tls, server -> server.intercept(guard));

    assertThat(caller.refused().getDescription()).startsWith("CREDENTIAL_MISSING");
    caller.reconnect();
    assertThat(caller.refused().getDescription()).startsWith("CREDENTIAL_MISSING");

    assertThat(log.with("was not handed to AttestedServer.secure")).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void noGuard_onAnAttestedPort_isToldOfAtTheServer(TlsProvider provider) throws Exception {
    AttestedServer tls = around.started(around.server(ORDERS_SERVER));
    TestCaller caller = callerOf(provider, tls, server -> server);

    // The handler asks who calls.
    assertThat(caller.refused().getCode()).isEqualTo(Status.Code.UNKNOWN);
    assertThat(log.with("was not handed to AttestedServer.secure")).hasSize(1);
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
    CallerVerifier billing = around.verifier("billing");

    assertThatThrownBy(() -> around.server(ORDERS_SERVER).verifier(billing).start())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(
            "another audience (expected: one of CallerVerifier.builder for orders");
    assertThatThrownBy(() -> around.client(CHECKOUT).verifier(billing).start())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("another audience");
    assertThat(around.asked()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void endpoint_thatTheClientsVerifierDoesNotKnow_isToldOfAtItsStartAndByItsCalls(
      TlsProvider provider) {
    RunningServer server = around.start(provider, around.server(ORDERS_SERVER));
    CallerVerifier ofAws =
        around.closing(CallerVerifier.builder(Audience.of(AUDIENCE)).clock(around.clock()).build());
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
    KeyPair another = Forgery.keyPair();

    assertThatThrownBy(
            () ->
                around
                    .server(ORDERS_SERVER)
                    .showCertificateInsteadOfAttestation(
                        new FixedKeys(one.certificate(), another.getPrivate()))
                    .start())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the private key of \"only\" is not its certificate's");
  }

  @Test
  void server_withoutAKeyManager_doesNotStart() {
    assertThatThrownBy(
            () -> around.server(ORDERS_SERVER).showCertificateInsteadOfAttestation().start())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no key manager");
  }

  @ParameterizedTest
  @EnumSource
  void end_closedBeforeItsServer_isToldOfAtTheServer(TlsProvider provider) throws Exception {
    AttestedServer tls = around.started(around.server(ORDERS_SERVER));
    RoleGuard guard = around.closing(tls.guard(Surroundings.everythingFor(CHECKOUT)).build());
    TestCaller caller = callerOf(provider, tls, server -> tls.secure(server, guard));
    tls.close();

    assertThat(caller.greet()).as("while the certificate lasts").startsWith(CHECKOUT);
    assertThat(log.with("whose AttestedServer is closed")).hasSize(1);
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
