package dev.rolecall.tls;

import static dev.rolecall.tls.Surroundings.AUDIENCE;
import static dev.rolecall.tls.Surroundings.CHECKOUT;
import static dev.rolecall.tls.Surroundings.ORDERS_SERVER;
import static dev.rolecall.tls.Surroundings.PROOF_LIFE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import io.grpc.Status;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Resumed TLS sessions, which skip the trust manager and present the first certificates. */
@Tag("attack")
final class ResumedSessionsTest {

  @RegisterExtension final Surroundings around = new Surroundings();

  @ParameterizedTest
  @EnumSource
  void resumedSession_pastTheAttestationsLife_isRefused(TlsProvider provider) {
    RunningServer server = around.start(provider, around.server(ORDERS_SERVER));
    CountingTrust handshakes = new CountingTrust();
    FixedKeys keys = new FixedKeys(Forgery.attestation(around.proofs(AUDIENCE, CHECKOUT)));
    TestCaller keeper = around.caller(provider, Forgery.client(keys, handshakes), server);
    assertThat(keeper.greet()).startsWith(CHECKOUT);

    around.clock().advance(PROOF_LIFE.plusSeconds(1));
    keeper.reconnect();
    Status status = keeper.refused();

    assertThat(server.connections()).isEqualTo(2);
    assertThat(handshakes.full()).as("full handshakes").isOne();
    assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(status.getDescription())
        .isEqualTo(RefusalReason.CREDENTIAL_EXPIRED.statusDescription());
  }

  @ParameterizedTest
  @EnumSource
  void resumedSession_afterRevocation_isDenied(TlsProvider provider) {
    SwitchedPolicy policy = new SwitchedPolicy(Surroundings.everythingFor(CHECKOUT).current());
    RunningServer server = around.start(provider, around.server(ORDERS_SERVER), policy);
    CountingTrust handshakes = new CountingTrust();
    FixedKeys keys = new FixedKeys(Forgery.attestation(around.proofs(AUDIENCE, CHECKOUT)));
    TestCaller keeper = around.caller(provider, Forgery.client(keys, handshakes), server);
    assertThat(keeper.greet()).startsWith(CHECKOUT);

    policy.change(AccessPolicy.builder("nobody").build());
    keeper.reconnect();

    assertThat(keeper.refused().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(handshakes.full()).as("full handshakes").isOne();
  }

  @ParameterizedTest
  @EnumSource
  void client_keepsNoSession_soThatItIsNeverLockedOut(TlsProvider provider) {
    RunningServer server = around.start(provider, around.server(ORDERS_SERVER));
    TestCaller caller = around.caller(provider, around.client(CHECKOUT), server);
    long questions = 2;
    for (int connection = 1; connection <= 6; connection++) {
      assertThat(caller.greet()).startsWith(CHECKOUT);
      assertThat(around.asked()).isEqualTo(questions);
      // A new certificate of each end, confirmed to the end itself and then to its peer: a session
      // resumed would have shown the old one, and the next but one a lapsed one.
      questions += 4;
      caller.reconnect();
      around.pass(Duration.ofMinutes(10));
    }
    assertThat(server.connections()).isEqualTo(6);
  }

  @ParameterizedTest
  @EnumSource
  void standingConnection_pastTheServersAttestation_carriesNoFurtherCall(TlsProvider provider) {
    RunningServer server = around.start(provider, around.server(ORDERS_SERVER));
    TestCaller caller = around.caller(provider, around.client(CHECKOUT), server);
    assertThat(caller.greet()).startsWith(CHECKOUT);

    around.pass(PROOF_LIFE.plusSeconds(1));
    Status status = caller.refused();

    assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(status.getDescription()).contains(RefusalReason.CREDENTIAL_EXPIRED.name());
    assertThat(server.streams()).isOne();
  }

  /** A policy that a test replaces. */
  private static final class SwitchedPolicy implements PolicySource {

    private volatile AccessPolicy policy;

    SwitchedPolicy(AccessPolicy policy) {
      this.policy = policy;
    }

    void change(AccessPolicy next) {
      policy = next;
    }

    @Override
    public AccessPolicy current() {
      return policy;
    }

    @Override
    public Registration onChange(Runnable listener) {
      return () -> {};
    }
  }
}
