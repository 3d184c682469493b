package dev.rolecall.tls;

import static dev.rolecall.tls.Surroundings.AUDIENCE;
import static dev.rolecall.tls.Surroundings.CHECKOUT;
import static dev.rolecall.tls.Surroundings.INTERN;
import static dev.rolecall.tls.Surroundings.ORDERS_SERVER;
import static dev.rolecall.tls.Surroundings.PROOF_LIFE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.RefusalReason;
import dev.rolecall.proof.CallerProof;
import dev.rolecall.tls.internal.certificate.TestKeys;
import io.grpc.Status;
import java.security.KeyPair;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Certificates and keys that do not belong together, or belong to another server. Clients use the
 * JDK's TLS, which sends any certificate; servers use both providers.
 */
@Tag("attack")
final class ForgeriesTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  @RegisterExtension final Surroundings around = new Surroundings();

  private TestCaller caller(FixedKeys keys, RunningServer server) {
    return around.caller(TlsProvider.JDK, Forgery.client(keys), server);
  }

  private static void assertTurnedAwayInTheHandshake(TestCaller caller, RunningServer server) {
    assertThat(caller.refused().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(server.connections()).as("handshakes that ended well").isZero();
  }

  @ParameterizedTest
  @EnumSource
  void stolenCertificate_withoutItsKey_failsTheHandshakeAndStsIsNotAsked(TlsProvider provider) {
    RunningServer server = around.start(provider, around.server(ORDERS_SERVER));
    KeyedAttestation stolen = Forgery.attestation(around.proofs(AUDIENCE, CHECKOUT));
    FixedKeys keys = new FixedKeys(stolen.certificate(), TestKeys.keyPair().getPrivate());

    assertTurnedAwayInTheHandshake(caller(keys, server), server);

    assertThat(around.asked()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void attestationOfAForeignKey_neverReachesTheKeysHolder(TlsProvider provider) {
    RunningServer server = around.start(provider, around.server(ORDERS_SERVER));
    KeyPair own = TestKeys.keyPair();
    CallerProof proof = Forgery.proof(around.proofs(AUDIENCE, CHECKOUT), TestKeys.key(own).hash());
    KeyPair others = TestKeys.keyPair();
    CallerProof foreign = Forgery.proof(around.proofs(AUDIENCE, INTERN), TestKeys.key(own).hash());
    FixedKeys glued =
        new FixedKeys(
            Forgery.certificate(TestKeys.key(own), foreign, others.getPrivate()),
            others.getPrivate());

    assertTurnedAwayInTheHandshake(caller(glued, server), server);
    assertThat(around.asked()).isZero();

    FixedKeys genuine =
        new FixedKeys(
            Forgery.certificate(TestKeys.key(own), proof, own.getPrivate()), own.getPrivate());
    assertThat(caller(genuine, server).greet()).startsWith(CHECKOUT);
    assertThat(around.asked()).isOne();
  }

  @ParameterizedTest
  @EnumSource
  void copiedToken_inACertificateOfAnotherKey_failsTheHandshakeAndStsIsNotAsked(
      TlsProvider provider) {
    RunningServer server = around.start(provider, around.server(ORDERS_SERVER));
    CallerProof copied =
        Forgery.proof(around.proofs(AUDIENCE, CHECKOUT), TestKeys.key(TestKeys.keyPair()).hash());
    KeyPair others = TestKeys.keyPair();
    FixedKeys keys =
        new FixedKeys(
            Forgery.certificate(TestKeys.key(others), copied, others.getPrivate()),
            others.getPrivate());

    assertTurnedAwayInTheHandshake(caller(keys, server), server);

    assertThat(around.asked()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void stolenKey_isGoodUntilItsAttestationLapses_andNoLonger(TlsProvider provider) {
    RunningServer server = around.start(provider, around.server(ORDERS_SERVER));
    FixedKeys stolen = new FixedKeys(Forgery.attestation(around.proofs(AUDIENCE, CHECKOUT)));
    TestCaller thief = caller(stolen, server);

    around.clock().advance(PROOF_LIFE);
    assertThat(thief.greet()).startsWith(CHECKOUT);

    around.clock().advance(SECOND);
    Status status = thief.refused();
    assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(status.getDescription())
        .isEqualTo(RefusalReason.CREDENTIAL_EXPIRED.statusDescription());
  }

  @ParameterizedTest
  @EnumSource
  void attestationForOneServer_relayedToAnother_isRefusedAndStsIsNotAsked(TlsProvider provider) {
    RunningServer billing = around.start(provider, around.server("billing", ORDERS_SERVER));
    FixedKeys forOrders = new FixedKeys(Forgery.attestation(around.proofs(AUDIENCE, CHECKOUT)));

    Status status = caller(forOrders, billing).refused();

    assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(status.getDescription())
        .isEqualTo(RefusalReason.AUDIENCE_MISMATCH.statusDescription());
    assertThat(around.asked()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void tokenOfACertificate_presentedWithACall_isRefusedAndStsIsNotAsked(TlsProvider provider) {
    RunningServer server =
        around.start(
            provider, around.server(ORDERS_SERVER).acceptCallProofsFromClientsWithoutCertificate());
    String token = Forgery.attestation(around.proofs(AUDIENCE, CHECKOUT)).proofText();
    TestCaller anonymous =
        around
            .caller(provider, around.client(CHECKOUT).withoutLocalCertificate(), server)
            .with(BearerText.of(token));

    Status status = anonymous.refused();

    assertThat(status.getDescription())
        .isEqualTo(RefusalReason.BINDING_REQUIRED.statusDescription());
    assertThat(around.asked()).as("about the server alone").isOne();
  }
}
