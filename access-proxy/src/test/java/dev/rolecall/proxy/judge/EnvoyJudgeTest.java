package dev.rolecall.proxy.judge;

import static dev.rolecall.proxy.judge.EnvoyScene.CHECKOUT;
import static dev.rolecall.proxy.judge.EnvoyScene.STRANGER;
import static dev.rolecall.proxy.judge.SentHeaders.headers;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rolecall.access.Refusal;
import dev.rolecall.access.audit.AuditRecord;
import dev.rolecall.guard.internal.status.RefusalStatus;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.proxy.IdentityHeaders;
import dev.rolecall.proxy.PassedIdentity;
import dev.rolecall.proxy.envoy.ClientAddress;
import dev.rolecall.stsemulator.Fault;
import dev.rolecall.testing.RolecallExtension;
import dev.rolecall.testing.TestCallers;
import dev.rolecall.testsupport.Echo;
import dev.rolecall.testsupport.IssuedCertificate;
import dev.rolecall.testsupport.TestAuthority;
import io.grpc.CallCredentials;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client of gRPC behind a real Envoy, which has the configuration that is shipped. */
@Timeout(120)
final class EnvoyJudgeTest {

  private static final Metadata.Key<byte[]> DETAILS =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

  @RegisterExtension
  final RolecallExtension rolecall = RolecallExtension.forAudience(EnvoyScene.ORDERS);

  @TempDir Path folder;

  private EnvoyScene started(UnaryOperator<ShippedFile> file) throws Exception {
    return EnvoyScene.start(rolecall, folder, file);
  }

  @Test
  void call_ofAnAllowedCaller_tellsTheServiceWhoCalled_andNothingThatTheClientForged()
      throws Exception {
    try (EnvoyScene scene = started(file -> file)) {
      assertThat(scene.call(Echo.SAY, CHECKOUT)).contains("hello");

      assertThat(scene.upstream.last("x-rolecall-principal")).containsExactly(CHECKOUT);
      assertThat(scene.upstream.last("x-rolecall-scheme")).containsExactly("aws-iam");
      assertThat(scene.upstream.last("txn-token")).isEmpty();
      assertThat(scene.upstream.last("x-rolecall-tenant")).isEmpty();
      assertThat(scene.upstream.last("authorization")).isEmpty();

      assertThat(scene.call(Echo.PING, null, SentHeaders.forged())).contains("hello");
      assertForgedIsGone(scene.upstream);
    }
  }

  @Test
  void call_withForgedIdentity_isCleanedByTheCheckerAlone() throws Exception {
    try (EnvoyScene scene =
        started(
            file ->
                file.with("prefix: txn-token, ignore_case", "prefix: x-unused-, ignore_case")
                    .with("prefix: x-rolecall-, ignore_case", "prefix: x-unused-, ignore_case"))) {
      assertThat(scene.call(Echo.SAY, CHECKOUT)).contains("hello");
      assertThat(scene.upstream.last("x-rolecall-principal")).containsExactly(CHECKOUT);
      assertThat(scene.upstream.last("x-rolecall-tenant")).isEmpty();

      assertThat(scene.call(Echo.PING, null, SentHeaders.forged())).contains("hello");
      assertForgedIsGone(scene.upstream);
    }
  }

  private static void assertForgedIsGone(Upstream upstream) {
    for (String each : SentHeaders.forged().keys()) {
      assertThat(upstream.last(each)).as(each).isEmpty();
    }
  }

  @Test
  void call_thatIsRefused_hasTheCodeAndTheDetailsOfItsReason() throws Exception {
    try (EnvoyScene scene = started(file -> file)) {
      List<RefusalReason> said =
          Arrays.stream(RefusalReason.values())
              .filter(reason -> reason != RefusalReason.CREDENTIAL_EXPIRED)
              .filter(reason -> reason != RefusalReason.CREDENTIAL_NOT_YET_VALID)
              .toList();
      for (RefusalReason reason : said) {
        StatusRuntimeException seen =
            scene.failure(
                null, headers("authorization", "Bearer " + ReasonScheme.PREFIX + reason.name()));

        Status expected = RefusalStatus.status(reason);
        assertThat(seen.getStatus().getCode()).as(reason.name()).isEqualTo(expected.getCode());
        assertThat(seen.getStatus().getDescription()).isEqualTo(expected.getDescription());
        assertThat(details(seen))
            .as(reason.name())
            .isEqualTo(RefusalStatus.trailers(Refusal.of(reason)).get(DETAILS));
      }
      assertThat(scene.upstream.received).isEmpty();
    }
  }

  @Test
  void call_thatIsRefused_isSoForWhatItIs() throws Exception {
    try (EnvoyScene scene = started(file -> file)) {
      assertSeen(scene.failure(null, SentHeaders.forged()), RefusalReason.CREDENTIAL_MISSING);
      assertSeen(
          scene.failure(null, headers("authorization", "Basic dTpw")),
          RefusalReason.CREDENTIAL_MALFORMED);
      assertSeen(
          scene.failure(rolecall.as(STRANGER), SentHeaders.forged()),
          RefusalReason.METHOD_NOT_ALLOWED);
      assertThat(new String(details(scene.failure(rolecall.as(STRANGER), new Metadata())), UTF_8))
          .contains(STRANGER);
      assertSeen(
          scene.failure(null, headers("authorization", "Bearer a", "Bearer b")),
          RefusalReason.CREDENTIALS_AMBIGUOUS);
      CallCredentials checkout = rolecall.as(CHECKOUT);
      rolecall.grants().lock(CHECKOUT);
      assertSeen(scene.failure(checkout, new Metadata()), RefusalReason.CALLER_LOCKED);
      assertThat(scene.upstream.received).isEmpty();
    }
  }

  @Test
  void call_withTwoCredentials_isRefusedWhereEnvoySendsAMap() throws Exception {
    try (EnvoyScene scene =
        started(file -> file.with("encode_raw_headers: true", "encode_raw_headers: false"))) {
      assertThat(scene.call(Echo.SAY, CHECKOUT)).contains("hello");
      assertSeen(
          scene.failure(null, headers("authorization", "Bearer a", "Bearer b")),
          RefusalReason.CREDENTIALS_AMBIGUOUS);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void call_whileTheIssuerIsDown_isRefused_whateverTheFailureMode(boolean allow) throws Exception {
    try (EnvoyScene scene = started(allow(allow))) {
      rolecall.sts().fail(Fault.serviceUnavailable());

      assertSeen(
          scene.failure(rolecall.as(CHECKOUT), SentHeaders.forged()),
          RefusalReason.ISSUER_UNAVAILABLE);
      assertThat(scene.upstream.received).isEmpty();
    }
  }

  @Test
  void call_whileTheCheckerIsSlow_isUnavailable_andTheCheckLeaves() throws Exception {
    try (EnvoyScene scene =
        EnvoyScene.withoutChecker(
            rolecall, folder, file -> file.with("timeout: 2s", "timeout: 0.3s"))) {
      scene.startChecker(PassedIdentity.plainHeaders(), Duration.ofSeconds(10));
      rolecall.sts().fail(Fault.silent());

      assertUnavailable(scene.failure(rolecall.as(CHECKOUT), SentHeaders.forged()));
      await().untilAsserted(() -> assertThat(scene.checks("cancelled")).isEqualTo(1));
      assertThat(scene.upstream.received).isEmpty();
    }
  }

  @Test
  void call_whileTheCheckerIsDownOrCold_isUnavailable_untilItIsWarmAgain() throws Exception {
    AtomicBoolean signs = new AtomicBoolean(true);
    PassedIdentity identity =
        (caller, method) -> {
          if (!signs.get()) {
            throw new IllegalStateException("no key yet");
          }
          return PassedIdentity.plainHeaders().of(caller, method);
        };
    try (EnvoyScene scene = EnvoyScene.ofSidecar(rolecall, folder)) {
      assertUnavailable(scene.failure(rolecall.as(CHECKOUT), new Metadata()));

      scene.startChecker(identity, Duration.ofSeconds(10));
      assertThat(scene.call(Echo.SAY, CHECKOUT)).contains("hello");

      scene.stopChecker();
      assertUnavailable(scene.failure(rolecall.as(CHECKOUT), new Metadata()));

      signs.set(false);
      scene.startChecker(identity, Duration.ofSeconds(10));
      assertUnavailable(scene.failure(rolecall.as(CHECKOUT), new Metadata()));

      signs.set(true);
      scene.envoy().awaitCheckers(1);
      assertThat(scene.call(Echo.SAY, CHECKOUT)).contains("hello");
      assertThat(scene.upstream.received).hasSize(2);
    }
  }

  @Test
  void call_whoseTokenCannotBeSigned_isRefusedForADefect_whateverTheFailureMode() throws Exception {
    AtomicBoolean signs = new AtomicBoolean(true);
    try (EnvoyScene scene = EnvoyScene.withoutChecker(rolecall, folder, allow(true))) {
      scene.startChecker(
          (caller, method) -> {
            if (!signs.get()) {
              throw new IllegalStateException("no key");
            }
            return Optional.of(IdentityHeaders.NONE);
          },
          Duration.ofSeconds(10));
      signs.set(false);

      assertSeen(scene.failure(rolecall.as(CHECKOUT), SentHeaders.forged()), RefusalReason.DEFECT);
      assertThat(scene.upstream.received).isEmpty();
    }
  }

  @Test
  void call_thatForgesItsAddress_isRecordedWithTheOneAtThePlaceThatTheOperatorNames()
      throws Exception {
    String forged = "203.0.113.9";
    try (EnvoyScene scene = started(file -> file)) {
      scene.call(Echo.SAY, rolecall.as(CHECKOUT), headers("x-forwarded-for", forged));
      scene.restartChecker(ClientAddress.forwardedFor(1));
      scene.call(Echo.SAY, rolecall.as(CHECKOUT), headers("x-forwarded-for", forged));
      // Here the client is the load balancer.
      scene.restartChecker(ClientAddress.forwardedFor(2));
      scene.call(Echo.SAY, rolecall.as(CHECKOUT), headers("x-forwarded-for", forged));
      scene.restartChecker(ClientAddress.forwardedFor(3));
      scene.call(Echo.SAY, rolecall.as(CHECKOUT), headers("x-forwarded-for", forged));

      assertThat(scene.records).extracting(AuditRecord::peer).hasSize(4);
      assertThat(scene.records.get(0).peer()).isEqualTo("127.0.0.1");
      // Envoy writes an address of this machine for a peer on the loopback interface.
      assertThat(scene.records.get(1).peer()).isNotEqualTo(forged);
      assertThat(scene.records.get(2).peer()).isEqualTo(forged);
      assertThat(scene.records.get(3).peer()).isEqualTo("127.0.0.1");
    }
  }

  @Test
  void call_ofAClientWithACertificate_isThatClients_forTheConnectionThatPresentsIt()
      throws Exception {
    TestAuthority authority = TestAuthority.root("clients");
    authority.writePem(folder.resolve("clients.crt"));
    IssuedCertificate client = authority.issueForDns("checkout.example");
    try (EnvoyScene scene =
        EnvoyScene.withoutChecker(
            rolecall,
            folder,
            file ->
                file.with("# validation_context", "validation_context")
                    .with("# include_peer_certificate", "include_peer_certificate"))) {
      scene.startChecker(new HolderScheme(client.leaf(), TestCallers.role(CHECKOUT)));
      assertSeen(scene.failure(null, new Metadata()), RefusalReason.CREDENTIAL_MISSING);

      scene.connectAs(client);
      assertThat(scene.call(Echo.SAY, null, new Metadata())).contains("hello");
      assertThat(scene.upstream.last("x-rolecall-principal")).containsExactly(CHECKOUT);

      scene.connectAs(authority.issueForDns("other.example"));
      assertSeen(scene.failure(null, new Metadata()), RefusalReason.ISSUER_NOT_ALLOWED);
    }
  }

  private static UnaryOperator<ShippedFile> allow(boolean allow) {
    return file -> file.with("failure_mode_allow: false", "failure_mode_allow: " + allow);
  }

  private static byte[] details(StatusRuntimeException seen) {
    Metadata trailers = seen.getTrailers();
    byte[] details = trailers == null ? null : trailers.get(DETAILS);
    return details == null ? new byte[0] : details;
  }

  private static void assertSeen(StatusRuntimeException seen, RefusalReason reason) {
    assertThat(seen.getStatus().getDescription()).isEqualTo(reason.statusDescription());
    assertThat(seen.getStatus().getCode()).isEqualTo(RefusalStatus.status(reason).getCode());
    assertThat(new String(details(seen), UTF_8)).contains(reason.name(), "rolecall.dev");
  }

  /** Said by Envoy, which had no answer. */
  private static void assertUnavailable(StatusRuntimeException seen) {
    assertThat(seen.getStatus().getCode()).as(seen.getMessage()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(details(seen)).isEmpty();
  }
}
