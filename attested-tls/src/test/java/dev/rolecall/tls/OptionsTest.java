package dev.rolecall.tls;

import static dev.rolecall.tls.Surroundings.CHECKOUT;
import static dev.rolecall.tls.Surroundings.ORDERS_SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.client.ProofUnavailableException;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.tls.certificate.AttestedCertificate;
import io.grpc.ServerBuilder;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** Options that are refused, and the threads and secrets of an end. */
@Tag("attack")
final class OptionsTest {

  @RegisterExtension final Surroundings around = new Surroundings();

  private CallGuard guard() {
    return around.closing(around.guard(Surroundings.everythingFor(CHECKOUT)).build());
  }

  @Test
  void channel_withoutAnExpectedRole_doesNotStart() {
    assertThatThrownBy(() -> around.client("orders", CHECKOUT).start())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("expectServerRoles");
  }

  @Test
  void channel_ofAuthoritiesAndRoles_doesNotStart() {
    assertThatThrownBy(() -> around.client(CHECKOUT).trustServersOfCertificateAuthorities().start())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("trustServersOfCertificateAuthorities");
  }

  @Test
  void channel_withTheRuntimeOfAGuard_doesNotStartAndLeavesItRunning() {
    CallGuard guard = guard();
    AttestedChannel.Builder client =
        around.client(CHECKOUT).runtime(guard.access().runtime()).withoutLocalCertificate();
    assertThatThrownBy(client.expectServerRoles(ORDERS_SERVER)::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("runtime: it has an owner");
    assertThat(guard.access().runtime().walks().isShutdown()).isFalse();
  }

  @Test
  void channel_whoseStartEndsInAnError_leavesNothingRunning() {
    AccessRuntime runtime = around.runtimeOptions().build();
    AttestedChannel.Builder client =
        around
            .client(CHECKOUT)
            .runtime(runtime)
            .stagger(
                () -> {
                  throw new InternalError("the test's");
                });

    assertThatThrownBy(client::start).isInstanceOf(InternalError.class);

    assertThat(runtime.walks().isShutdown()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "arn:aws:iam::*:role/orders", "orders-server", ""})
  void expectedRole_ofNoAccount_isRefused(String pattern) {
    assertThatThrownBy(() -> AttestedTls.channel("orders").expectServerRoles(pattern))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0.999S", "PT4M0.001S", "PT-1S"})
  void connectionAge_outOfRange_isRefused(String age) {
    assertThatThrownBy(() -> AttestedTls.server("orders").maxConnectionAge(Duration.parse(age)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: PT1S to PT4M");
  }

  @Test
  void server_ofAnOrdinaryCertificateAndHostNames_doesNotStart() {
    assertThatThrownBy(
            () ->
                around
                    .server(ORDERS_SERVER)
                    .showCertificateInsteadOfAttestation(OrdinaryCertificate.forLocalhost().keys())
                    .hostName("a.internal")
                    .newServerBuilder(TlsProvider.JDK::server, guard()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("hostName");
  }

  @Test
  void hostName_theNinth_isRefused() {
    AttestedServerBuilder options = AttestedTls.server("orders");
    for (int i = 1; i <= 8; i++) {
      options.hostName("h" + i);
    }

    assertThatThrownBy(() -> options.hostName("h9"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 8");
  }

  @Test
  void server_withoutCredentials_doesNotStart_andLeavesNothingRunning() {
    assertThatThrownBy(
            () ->
                around
                    .server(ORDERS_SERVER)
                    .credentialsProvider(AnonymousCredentialsProvider.create())
                    .newServerBuilder(TlsProvider.JDK::server, guard()))
        .isInstanceOf(ProofUnavailableException.class);
    assertThat(around.renewals()).isEmpty();
  }

  @Test
  void close_endsTheThreadThatWasMade() throws Exception {
    CallGuard guard = guard();
    ServerBuilder<?> unused =
        AttestedTls.server("orders")
            .credentialsProvider(around.session(ORDERS_SERVER))
            .endpoint(around.sts().endpoint(), Region.US_EAST_1)
            .newServerBuilder(TlsProvider.JDK::server, guard);
    assertThat(attestationThreads()).isNotEmpty();

    guard.close();

    for (Thread thread : attestationThreads()) {
      thread.join(10_000);
    }
    assertThat(attestationThreads()).isEmpty();
  }

  private static List<Thread> attestationThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("rolecall-attestation-"))
        .toList();
  }

  @Test
  void secrets_areInNoText() {
    KeyedAttestation attestation = Forgery.attestation(around.proofs("orders", CHECKOUT));
    AttestedCertificate certificate =
        AttestedCertificate.read(new Certificate[] {attestation.certificate()})
            .fold(Optional::of, malformed -> Optional.<AttestedCertificate>empty())
            .orElseThrow();
    String signature = certificate.proof().signature();

    assertThat(
            attestation.toString() + certificate + new PresentedCertificate.Attested(certificate))
        .doesNotContain(signature)
        .doesNotContain(certificate.proof().sessionToken());
  }
}
