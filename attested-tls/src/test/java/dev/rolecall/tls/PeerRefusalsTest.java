package dev.rolecall.tls;

import static dev.rolecall.tls.Surroundings.AUDIENCE;
import static dev.rolecall.tls.Surroundings.CHECKOUT;
import static dev.rolecall.tls.Surroundings.ORDERS_SERVER;
import static dev.rolecall.tls.Surroundings.PROOF_LIFE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.access.StreamLifetime;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.stsemulator.EmulatedPrincipal;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Peers with a true attestation that are refused. */
@Tag("attack")
final class PeerRefusalsTest {

  private static final String NAMESAKE = "arn:aws:iam::444455556666:role/orders-server";
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration SECOND = Duration.ofSeconds(1);

  @RegisterExtension final Surroundings around = new Surroundings();

  private static void assertRefused(Status status, RefusalReason reason) {
    assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    // A server says it in its fixed words, a client in the reason's own.
    assertThat(status.getDescription()).containsAnyOf(reason.statusDescription(), reason.name());
  }

  private Clock ahead(Duration by) {
    return Clock.offset(around.clock(), by);
  }

  @ParameterizedTest
  @EnumSource
  void server_ofTheSameRoleNameInAnotherAccount_getsNothing(TlsProvider provider) {
    RunningServer server = around.start(provider, around.server(NAMESAKE));

    Status status = around.caller(provider, around.client(CHECKOUT), server).refused();

    assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(status.getDescription()).contains(NAMESAKE);
    assertThat(server.streams()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void client_ofTheSameRoleNameInAnotherAccount_isDenied(TlsProvider provider) {
    RunningServer server = around.start(provider, around.server(ORDERS_SERVER));
    String namesake = CHECKOUT.replace("111122223333", "444455556666");

    Status status = around.caller(provider, around.client(namesake), server).refused();

    assertThat(status.getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(server.handled()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void server_attestedForAnotherAudience_getsNothingAndStsIsNotAsked(TlsProvider provider) {
    RunningServer server = around.start(provider, around.server("billing", ORDERS_SERVER));

    Status status = around.caller(provider, around.client(CHECKOUT), server).refused();

    assertRefused(status, RefusalReason.AUDIENCE_MISMATCH);
    assertThat(server.streams()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void client_whoseClockIsFurtherAheadThanAllowed_isRefused(TlsProvider provider) {
    RunningServer server = around.start(provider, around.server(ORDERS_SERVER));
    FixedKeys atTheEdge =
        new FixedKeys(Forgery.attestation(around.proofs(AUDIENCE, CHECKOUT).clock(ahead(MINUTE))));
    FixedKeys overIt =
        new FixedKeys(
            Forgery.attestation(
                around.proofs(AUDIENCE, CHECKOUT).clock(ahead(MINUTE.plus(SECOND)))));

    assertThat(around.caller(provider, Forgery.client(atTheEdge), server).greet())
        .startsWith(CHECKOUT);
    assertRefused(
        around.caller(provider, Forgery.client(overIt), server).refused(),
        RefusalReason.CREDENTIAL_NOT_YET_VALID);
  }

  @ParameterizedTest
  @EnumSource
  void client_whoseRoleSessionHasEnded_isRefused(TlsProvider provider) {
    RunningServer server = around.start(provider, around.server(ORDERS_SERVER));
    var session =
        around
            .sts()
            .add(
                EmulatedPrincipal.builder(CHECKOUT)
                    .expiresAt(around.clock().instant().plus(MINUTE))
                    .build());
    FixedKeys keys =
        new FixedKeys(
            Forgery.attestation(
                around
                    .proofs(AUDIENCE, CHECKOUT)
                    .credentialsProvider(Surroundings.provider(session))));
    around.clock().advance(MINUTE.plus(SECOND));

    assertRefused(
        around.caller(provider, Forgery.client(keys), server).refused(),
        RefusalReason.ISSUER_REFUSED);
    assertThat(server.handled()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void stream_isEnded_onceItsCallersAttestationAndTheGraceAreOver(TlsProvider provider) {
    RunningServer server = around.start(provider, around.server(ORDERS_SERVER));
    Iterator<String> stream = around.caller(provider, around.client(CHECKOUT), server).watch();
    assertThat(stream.next()).isEqualTo(CHECKOUT);

    around.clock().advance(PROOF_LIFE.plus(StreamLifetime.DEFAULT_GRACE));

    assertThatThrownBy(stream::next)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            ended -> assertRefused(ended.getStatus(), RefusalReason.CREDENTIAL_EXPIRED));
  }

  @ParameterizedTest
  @EnumSource
  void server_thatGoesByAnotherHostName_getsNothingWhereOneIsRequired(TlsProvider provider) {
    RunningServer other =
        around.start(provider, around.server(ORDERS_SERVER).hostName("billing.internal"));
    RunningServer named =
        around.start(
            provider, around.server(ORDERS_SERVER).hostName("a.internal").hostName("localhost"));

    assertThat(around.caller(provider, strict(), named).greet()).startsWith(CHECKOUT);
    Status status = around.caller(provider, strict(), other).refused();
    assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(status.getDescription()).contains("billing.internal");
    assertThat(other.streams()).isZero();
    assertThat(around.caller(provider, around.client(CHECKOUT), other).greet())
        .as("its role stands in the place of its name")
        .startsWith(CHECKOUT);
  }

  /** A client that requires its server's name; each has a runtime of its own. */
  private AttestedChannel.Builder strict() {
    return around.client(CHECKOUT).requireHostName();
  }
}
