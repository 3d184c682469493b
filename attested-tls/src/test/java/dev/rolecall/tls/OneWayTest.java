package dev.rolecall.tls;

import static dev.rolecall.tls.Surroundings.CHECKOUT;
import static dev.rolecall.tls.Surroundings.INTERN;
import static dev.rolecall.tls.Surroundings.ORDERS_SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.RefusalReason;
import io.grpc.ChannelCredentials;
import io.grpc.Status;
import io.grpc.TlsChannelCredentials;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Connections with one attested end, where the other proves itself in another way: each row of
 * mutual.md.
 */
@Tag("attack")
final class OneWayTest {

  @RegisterExtension final Surroundings around = new Surroundings();

  private RunningServer openToCallProofs(TlsProvider provider) {
    return around.start(
        provider, around.server(ORDERS_SERVER).acceptCallProofsFromClientsWithoutCertificate());
  }

  @ParameterizedTest
  @EnumSource
  void attestedServer_clientByCallProofs_areBothKnown(TlsProvider provider) {
    RunningServer server = openToCallProofs(provider);
    TestCaller caller =
        around
            .caller(provider, around.client(INTERN).withoutLocalCertificate(), server)
            .with(around.callProofs(CHECKOUT));

    assertThat(caller.greet()).isEqualTo(CHECKOUT + " by CALL_METADATA");
    // The call's proof is bound to the server's certificate, whichever it shows by now.
    around.pass(Duration.ofMinutes(10));
    caller.reconnect();
    assertThat(caller.greet()).isEqualTo(CHECKOUT + " by CALL_METADATA");
  }

  @ParameterizedTest
  @EnumSource
  void attestedServer_ofAnotherRole_getsNoCallProof(TlsProvider provider) {
    RunningServer server =
        around.start(
            provider, around.server(INTERN).acceptCallProofsFromClientsWithoutCertificate());
    TestCaller caller =
        around
            .caller(provider, around.client(INTERN).withoutLocalCertificate(), server)
            .with(around.callProofs(CHECKOUT));

    assertThat(caller.refused().getDescription()).contains(INTERN);
    assertThat(server.streams()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void attestedServer_clientThatProvesNothing_isUnauthenticated(TlsProvider provider) {
    RunningServer server = openToCallProofs(provider);
    TestCaller nobody =
        around.caller(provider, around.client(CHECKOUT).withoutLocalCertificate(), server);

    Status status = nobody.refused();

    assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(status.getDescription())
        .isEqualTo(RefusalReason.CREDENTIAL_MISSING.statusDescription());
  }

  @ParameterizedTest
  @EnumSource
  void openServer_attestedClient_isKnownByItsConnectionWhateverItsCallsBring(TlsProvider provider) {
    RunningServer server = openToCallProofs(provider);
    TestCaller caller =
        around
            .caller(provider, around.client(CHECKOUT), server)
            .with(BearerText.of("another's token"));

    assertThat(caller.greet()).isEqualTo(CHECKOUT + " by PEER_CERTIFICATE");
  }

  @ParameterizedTest
  @EnumSource
  void mutualServer_clientWithoutCertificate_isTurnedAwayInTheHandshake(TlsProvider provider) {
    RunningServer server = around.start(provider, around.server(ORDERS_SERVER));
    TestCaller caller =
        around
            .caller(provider, around.client(CHECKOUT).withoutLocalCertificate(), server)
            .with(around.callProofs(CHECKOUT));

    assertThat(caller.refused().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(server.streams()).isZero();
    assertThat(server.connections()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void clientWithAnOrdinaryCertificate_isTurnedAwayInTheHandshake(TlsProvider provider) {
    RunningServer server = openToCallProofs(provider);
    ChannelCredentials ordinary = Forgery.client(OrdinaryCertificate.forLocalhost().keys());

    assertThat(around.caller(provider, ordinary, server).refused().getCode())
        .isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(server.connections()).isZero();
    assertThat(around.asked()).isZero();
  }

  private RunningServer ordinary(TlsProvider provider, OrdinaryCertificate certificate) {
    return around.start(
        provider,
        around.server(ORDERS_SERVER).showCertificateInsteadOfAttestation(certificate.keys()));
  }

  @ParameterizedTest
  @EnumSource
  void attestedClient_serverOfACertificateAuthority_knowsTheClient(TlsProvider provider) {
    OrdinaryCertificate certificate = OrdinaryCertificate.forLocalhost();
    RunningServer server = ordinary(provider, certificate);
    TestCaller caller =
        around.caller(
            provider,
            around
                .client(Surroundings.AUDIENCE, CHECKOUT)
                .trustServersOfCertificateAuthorities(certificate.trust()),
            server);

    long questions = 1;
    for (int connection = 1; connection <= 3; connection++) {
      assertThat(caller.greet()).isEqualTo(CHECKOUT + " by PEER_CERTIFICATE");
      assertThat(around.asked()).as("about the client alone").isEqualTo(questions);
      questions += 2;
      around.pass(Duration.ofMinutes(10));
      caller.reconnect();
    }
  }

  @ParameterizedTest
  @EnumSource
  void attestedClient_serverOfAnUnknownAuthority_getsNothing(TlsProvider provider) {
    RunningServer server = ordinary(provider, OrdinaryCertificate.forLocalhost());
    TestCaller caller =
        around.caller(
            provider,
            around
                .client(Surroundings.AUDIENCE, CHECKOUT)
                .trustServersOfCertificateAuthorities(OrdinaryCertificate.forLocalhost().trust()),
            server);

    assertThat(caller.refused().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(server.streams()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void clientThatExpectsARole_serverOfACertificateAuthority_getsNothing(TlsProvider provider) {
    RunningServer server = ordinary(provider, OrdinaryCertificate.forLocalhost());

    assertThat(around.caller(provider, around.client(CHECKOUT), server).refused().getCode())
        .isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(server.streams()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void otherClientThatTrustsAnybody_provesItselfByCallProofs(TlsProvider provider) {
    RunningServer server = openToCallProofs(provider);
    ChannelCredentials trusting =
        TlsChannelCredentials.newBuilder().trustManager(new CountingTrust()).build();
    TestCaller caller = around.caller(provider, trusting, server).with(around.callProofs(CHECKOUT));

    assertThat(caller.greet()).isEqualTo(CHECKOUT + " by CALL_METADATA");
  }
}
