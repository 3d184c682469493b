package dev.rolecall.verifier.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.BindingHash;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.verifier.Connection;
import dev.rolecall.verifier.Verification;
import io.grpc.stub.ServerCalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Callers taken from what their connections showed. */
@Tag("attack")
final class ConnectionCallersTest {

  private static final String PROOF = "rolecall-v1~of~a~certificate";
  private static final String BEARER = "Bearer rolecall-v1~good";
  private static final BindingHash KEY = BindingHash.of(new byte[] {7});

  private PeerAttestation shown = new PeerAttestation.Shown(PROOF, KEY);
  private final List<GuardedServer> open = new ArrayList<>();

  private GuardedServer server(UnaryOperator<RoleGuardBuilder> options) {
    GuardedServer server =
        GuardedServer.of(
            TestService.UNARY,
            ServerCalls.asyncUnaryCall(
                (request, answer) -> {
                  answer.onNext(CurrentCaller.get().toString());
                  answer.onCompleted();
                }),
            options);
    open.add(server);
    return server;
  }

  private GuardedServer ofConnections() {
    return server(options -> options.callersFromConnections(transport -> shown));
  }

  private GuardedServer ofConnectionsOrCalls() {
    return server(options -> options.callersFromConnectionsOrCallProofs(transport -> shown));
  }

  @AfterEach
  void nothingIsLeftRunning() {
    open.forEach(GuardedServer::close);
  }

  @Test
  void attestation_isVerifiedWithItsKey_andThenRemembered() {
    GuardedServer server = ofConnections();
    server.verifier.answer(PROOF, GuardedServer.verified());

    assertThat(server.unary()).contains("assumed-role/checkout");
    assertThat(server.unary(BEARER)).contains("assumed-role/checkout");

    assertThat(server.verifier.asked).containsExactly(PROOF);
    assertThat(server.verifier.connections)
        .extracting(Connection::provenKey)
        .containsExactly(Optional.of(KEY));
  }

  @Test
  void attestation_pastItsEnd_isRefused() {
    GuardedServer server = ofConnections();
    server.verifier.answer(PROOF, GuardedServer.verified());
    assertThat(server.unary()).isNotEmpty();

    server.clock.advance(GuardedServer.PROOF_LIFE);
    assertThat(server.unary()).isNotEmpty();
    server.clock.advance(Duration.ofMillis(1));
    Refusals.assertRefused(() -> server.unary(), RefusalReason.CREDENTIAL_EXPIRED);
  }

  @Test
  void attestation_thatCouldNotBeVerified_isAskedAboutAgain() {
    GuardedServer server = ofConnections();
    server.verifier.answer(
        PROOF, new Verification.Unavailable(RefusalReason.ISSUER_UNAVAILABLE, Optional.empty()));
    Refusals.assertRefused(() -> server.unary(), RefusalReason.ISSUER_UNAVAILABLE);

    server.verifier.answer(PROOF, GuardedServer.verified());
    assertThat(server.unary()).isNotEmpty();
  }

  @Test
  void attestation_stillBeingVerified_holdsTheCallBack() {
    GuardedServer server = ofConnections();
    CompletableFuture<Verification> verdict = server.verifier.hold(PROOF);
    CompletableFuture<String> call = CompletableFuture.supplyAsync(() -> server.unary());
    while (server.verifier.asked.isEmpty()) {
      Thread.onSpinWait();
    }
    assertThat(call).isNotDone();

    verdict.complete(GuardedServer.verified());
    assertThat(call.join()).contains("assumed-role/checkout");
  }

  @Test
  void connectionWithoutAttestation_isRefused_whateverTheCallBrings() {
    shown = PeerAttestation.none();
    GuardedServer server = ofConnections();
    server.verifier.answer("rolecall-v1~good", GuardedServer.verified());

    Refusals.assertRefused(() -> server.unary(BEARER), RefusalReason.CREDENTIAL_MISSING);
    assertThat(server.verifier.asked).isEmpty();
  }

  @Test
  void connectionWithoutAttestation_whereCallProofsAreAccepted_isTheCalls() {
    shown = PeerAttestation.none();
    GuardedServer server = ofConnectionsOrCalls();
    server.verifier.answer("rolecall-v1~good", GuardedServer.verified());

    assertThat(server.unary(BEARER)).contains("assumed-role/checkout");
    assertThat(server.verifier.connections)
        .extracting(Connection::provenKey)
        .containsExactly(Optional.empty());
  }

  @Test
  void invalidAttestation_isNotMadeGoodByACallsProof() {
    shown = PeerAttestation.invalid();
    GuardedServer server = ofConnectionsOrCalls();
    server.verifier.answer("rolecall-v1~good", GuardedServer.verified());

    Refusals.assertRefused(() -> server.unary(BEARER), RefusalReason.ATTESTATION_INVALID);
    assertThat(server.verifier.asked).isEmpty();
  }

  @Test
  void refusedAttestation_isNotMadeGoodByACallsProof() {
    GuardedServer server = ofConnectionsOrCalls();
    server.verifier.answer("rolecall-v1~good", GuardedServer.verified());

    Refusals.assertRefused(() -> server.unary(BEARER), RefusalReason.ISSUER_REFUSED);
    assertThat(server.verifier.asked).containsExactly(PROOF);
  }

  @Test
  void shownAttestation_masksItsProof() {
    assertThat(shown.toString()).isEqualTo("Shown[****]").doesNotContain(PROOF);
  }
}
