package dev.rolecall.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.scheme.Credential;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.identity.RefusalReason;
import io.grpc.Attributes;
import io.grpc.ServerTransportFilter;
import io.grpc.stub.ServerCalls;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Callers taken from what their connections presented. */
@Tag("attack")
final class ConnectionCallersTest {

  private static final String PROOF = "rolecall-v1~of~a~certificate";
  private static final String BEARER = "Bearer rolecall-v1~good";
  private static final BindingHash KEY = BindingHash.of(new byte[] {7});

  private static final Credential CERTIFICATE = new FakeScheme.Certificate(PROOF, KEY);

  private final List<GuardedServer> open = new ArrayList<>();

  /** A server whose connections present nothing themselves. */
  private GuardedServer server() {
    return server(GuardedServer.Setup.USUAL);
  }

  /** A server whose connections present that. */
  private GuardedServer presented(Credential credential) {
    return server(
        GuardedServer.Setup.USUAL.connections(
            new ServerTransportFilter() {
              @Override
              public Attributes transportReady(Attributes transport) {
                return PeerCredential.in(transport, credential);
              }
            }));
  }

  private GuardedServer server(GuardedServer.Setup setup) {
    GuardedServer server =
        GuardedServer.of(
            TestService.UNARY,
            ServerCalls.asyncUnaryCall(
                (request, answer) -> {
                  answer.onNext(CurrentCaller.get().toString());
                  answer.onCompleted();
                }),
            setup);
    open.add(server);
    return server;
  }

  @AfterEach
  void nothingIsLeftRunning() {
    open.forEach(GuardedServer::close);
  }

  @Test
  void attestation_isVerifiedWithItsKey_andThenRemembered() {
    GuardedServer server = presented(CERTIFICATE);
    server.scheme.answer(PROOF, GuardedServer.verified());

    assertThat(server.unary()).contains("assumed-role/checkout");
    assertThat(server.unary(BEARER)).contains("assumed-role/checkout");

    assertThat(server.scheme.asked).containsExactly(PROOF);
    assertThat(server.scheme.credentials).containsExactly(CERTIFICATE);
  }

  @Test
  void attestation_pastItsEnd_isRefused() {
    GuardedServer server = presented(CERTIFICATE);
    server.scheme.answer(PROOF, GuardedServer.verified());
    assertThat(server.unary()).isNotEmpty();

    server.clock.advance(GuardedServer.PROOF_LIFE);
    assertThat(server.unary()).isNotEmpty();
    server.clock.advance(Duration.ofMillis(1));
    Refusals.assertRefused(() -> server.unary(), RefusalReason.CREDENTIAL_EXPIRED);
  }

  @Test
  void attestation_thatCouldNotBeVerified_isAskedAboutAgain() {
    GuardedServer server = presented(CERTIFICATE);
    server.scheme.answer(
        PROOF, new Verification.Unavailable(RefusalReason.ISSUER_UNAVAILABLE, Optional.empty()));
    Refusals.assertRefused(() -> server.unary(), RefusalReason.ISSUER_UNAVAILABLE);

    server.scheme.answer(PROOF, GuardedServer.verified());
    assertThat(server.unary()).isNotEmpty();
  }

  @Test
  void attestation_stillBeingVerified_holdsTheCallBack() {
    GuardedServer server = presented(CERTIFICATE);
    CompletableFuture<Verification> verdict = server.scheme.hold(PROOF);
    CompletableFuture<String> call =
        CompletableFuture.supplyAsync(() -> server.unary(), task -> new Thread(task).start());
    while (server.scheme.asked.isEmpty()) {
      Thread.onSpinWait();
    }
    assertThat(call).isNotDone();

    verdict.complete(GuardedServer.verified());
    assertThat(call.join()).contains("assumed-role/checkout");
  }

  @Test
  void connectionWithoutAttestation_isRefused_whateverTheCallBrings() {
    GuardedServer server = presented(Credential.none());
    server.scheme.answer("rolecall-v1~good", GuardedServer.verified());

    Refusals.assertRefused(() -> server.unary(BEARER), RefusalReason.CREDENTIAL_MISSING);
    assertThat(server.scheme.asked).isEmpty();
  }

  @Test
  void connectionWithoutAttestation_whereCallProofsAreAccepted_isTheCalls() {
    GuardedServer server = server();
    server.scheme.answer("rolecall-v1~good", GuardedServer.verified());

    assertThat(server.unary(BEARER)).contains("assumed-role/checkout");
    assertThat(server.scheme.credentials)
        .containsExactly(new Credential.Header(BEARER.getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void invalidAttestation_isNotMadeGoodByACallsProof() {
    GuardedServer server = presented(new Credential.Unusable(RefusalReason.ATTESTATION_INVALID));
    server.scheme.answer("rolecall-v1~good", GuardedServer.verified());

    Refusals.assertRefused(() -> server.unary(BEARER), RefusalReason.ATTESTATION_INVALID);
    assertThat(server.scheme.asked).isEmpty();
  }

  @Test
  void refusedAttestation_isNotMadeGoodByACallsProof() {
    GuardedServer server = presented(CERTIFICATE);
    server.scheme.answer("rolecall-v1~good", GuardedServer.verified());

    Refusals.assertRefused(() -> server.unary(BEARER), RefusalReason.ISSUER_REFUSED);
    assertThat(server.scheme.asked).containsExactly(PROOF);
  }

  @Test
  void expectedConnection_isAskedAboutBeforeItsFirstCall() {
    GuardedServer server = server();
    CompletableFuture<Verification> verdict = server.scheme.hold(PROOF);
    Attributes transport = PeerCredential.in(Attributes.EMPTY, CERTIFICATE);

    server.guard.expect(transport);
    verdict.complete(GuardedServer.verified());

    assertThat(server.scheme.credentials).containsExactly(CERTIFICATE);
  }

  @Test
  void expectedConnection_thatPresentedNothingToAskAbout_isNotAskedAbout() {
    GuardedServer server = server();

    server.guard.expect(Attributes.EMPTY);
    server.guard.expect(PeerCredential.in(Attributes.EMPTY, Credential.none()));
    server.guard.close();
    server.guard.expect(PeerCredential.in(Attributes.EMPTY, CERTIFICATE));

    assertThat(server.scheme.asked).isEmpty();
  }
}
