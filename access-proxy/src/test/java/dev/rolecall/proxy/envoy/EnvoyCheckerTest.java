package dev.rolecall.proxy.envoy;

import static dev.rolecall.proxy.envoy.CheckerScene.CHECKOUT;
import static dev.rolecall.proxy.envoy.CheckerScene.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.proxy.envoy.v3.AuthorizationGrpc;
import dev.rolecall.stsemulator.Fault;
import dev.rolecall.testing.RolecallExtension;
import dev.rolecall.testsupport.Echo;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EnvoyCheckerTest {

  @RegisterExtension
  final RolecallExtension rolecall = RolecallExtension.forAudience(CheckerScene.ORDERS);

  private CheckerScene scene;

  @BeforeEach
  void start() {
    scene = new CheckerScene(rolecall);
  }

  @AfterEach
  void close() {
    scene.close();
  }

  private Asked say() {
    return Asked.about(Echo.SAY);
  }

  @Test
  void check_ofAnAllowedCaller_setsWhoCalledAndRemovesTheRest() {
    Answered answer = scene.ask(say().header("authorization", scene.proof(CHECKOUT)));

    assertThat(answer.allowed()).isTrue();
    assertThat(answer.set())
        .containsOnly(
            java.util.Map.entry("x-rolecall-principal", CHECKOUT),
            java.util.Map.entry("x-rolecall-scheme", "aws-iam"));
    assertThat(answer.removed())
        .containsExactlyInAnyOrder("authorization", "rolecall-grant", "txn-token");
    await().untilAsserted(() -> assertThat(scene.checks("allowed")).isEqualTo(1));
    assertThat(scene.records).hasSize(1);
  }

  @Test
  void check_ofAHeaderMap_isReadAsTheListIs() {
    assertThat(scene.ask(say().mapped("authorization", scene.proof(CHECKOUT))).allowed()).isTrue();
  }

  @Test
  void check_ofAKnownCaller_asksNoIssuerAgain() {
    String proof = scene.proof(CHECKOUT);
    scene.ask(say().header("authorization", proof));
    long asked = rolecall.sts().requests().total();

    assertThat(scene.ask(say().header("authorization", proof)).allowed()).isTrue();
    assertThat(scene.ask(say().header("authorization", proof).from("192.0.2.7", 9)).allowed())
        .isTrue();
    assertThat(rolecall.sts().requests().total()).isEqualTo(asked);
  }

  @Test
  void check_ofAPublicMethod_removesEachHeaderThatTellsWhoCalled() {
    Answered answer =
        scene.ask(
            Asked.about(Echo.PING)
                .header("txn-token", "forged")
                .header("x-rolecall-principal", CHECKOUT)
                .header("X-Rolecall-Admin", "yes"));

    assertThat(answer.allowed()).isTrue();
    assertThat(answer.set()).isEmpty();
    assertThat(answer.removed())
        .contains(
            "authorization",
            "rolecall-grant",
            "txn-token",
            "x-rolecall-principal",
            "x-rolecall-scheme",
            "x-rolecall-admin");
  }

  @Test
  void check_withForgedIdentity_ofAnAllowedCaller_overwritesIt() {
    Answered answer =
        scene.ask(
            say()
                .header("authorization", scene.proof(CHECKOUT))
                .header("x-rolecall-principal", STRANGER)
                .header("x-rolecall-tenant", "blue")
                .header("txn-token", "forged")
                .header("txn-token-bin", "forged"));

    assertThat(answer.set()).containsEntry("x-rolecall-principal", CHECKOUT);
    assertThat(answer.removed()).contains("txn-token", "txn-token-bin", "x-rolecall-tenant");
  }

  @Test
  void check_ofACallerThatMayNot_isDeniedWithAllDetails() {
    Answered answer = scene.ask(say().header("authorization", scene.proof(STRANGER)));

    assertThat(answer.allowed()).isFalse();
    assertThat(answer.http()).isEqualTo(403);
    assertThat(answer.grpcStatus()).isEqualTo("7");
    assertThat(answer.message()).isEqualTo(RefusalReason.METHOD_NOT_ALLOWED.statusDescription());
    assertThat(answer.details()).contains("METHOD_NOT_ALLOWED", "rolecall.dev", STRANGER);
    await().untilAsserted(() -> assertThat(scene.checks("method_not_allowed")).isEqualTo(1));
    assertThat(scene.records).hasSize(1);
  }

  @Test
  void check_withoutCredential_isDenied() {
    assertDenied(scene.ask(say()), 401, "16", RefusalReason.CREDENTIAL_MISSING);
  }

  @Test
  void check_withTwoCredentials_isDeniedInEitherForm() {
    String proof = scene.proof(CHECKOUT);

    assertDenied(
        scene.ask(say().header("authorization", proof).header("authorization", proof)),
        401,
        "16",
        RefusalReason.CREDENTIALS_AMBIGUOUS);
    assertDenied(
        scene.ask(say().header("authorization", proof).header("Authorization", "Bearer x")),
        401,
        "16",
        RefusalReason.CREDENTIALS_AMBIGUOUS);
    assertDenied(
        scene.ask(say().mapped("authorization", proof + "," + proof)),
        401,
        "16",
        RefusalReason.CREDENTIALS_AMBIGUOUS);
    assertDenied(
        scene.ask(say().mapped("authorization", proof).header("authorization", proof)),
        401,
        "16",
        RefusalReason.CREDENTIALS_AMBIGUOUS);
  }

  @Test
  void check_withADeniedHeader_isDeniedInEitherForm() {
    String proof = scene.proof(CHECKOUT);

    assertDenied(
        scene.ask(say().header("authorization", proof).header("x-debug", "1")),
        403,
        "7",
        RefusalReason.METHOD_NOT_ALLOWED);
    assertDenied(
        scene.ask(say().mapped("authorization", proof).mapped("x-debug", "1")),
        403,
        "7",
        RefusalReason.METHOD_NOT_ALLOWED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/rolecall.tests.Echo/Count",
        "/rolecall.tests.Echo/Count?x",
        "/rolecall.tests.Echo/Count#x",
        "/rolecall.tests.Echo/Coun%74",
        "/rolecall.tests.Echo/Count;x",
        "rolecall.tests.Echo/Say",
        "//rolecall.tests.Echo/Say",
        "/rolecall.tests.Echo/Ping?x",
        "/",
        ""
      })
  void check_ofAPathThatAServerMayTakeForAnother_isDenied(String path) {
    assertDenied(
        scene.ask(say().path(path).header("authorization", scene.proof(CHECKOUT))),
        403,
        "7",
        RefusalReason.METHOD_NOT_ALLOWED);
  }

  @Test
  void check_ofBytesThatAreNoText_isAnswered() {
    ByteString broken = ByteString.copyFrom(new byte[] {'/', (byte) 0xff, (byte) 0xfe});

    assertThat(scene.ask(say().path(broken).header("x-a", broken)).grpcStatus()).isEqualTo("16");
    assertThat(scene.ask(new byte[] {1, 2, 3}).grpcStatus()).isEqualTo("13");
    assertThat(scene.ask(new byte[0]).grpcStatus()).isEqualTo("16");
  }

  @Test
  void check_whileTheIssuerIsDown_isADenialOfAnOutage() {
    String proof = scene.proof(CHECKOUT);
    rolecall.sts().fail(Fault.serviceUnavailable());

    Answered answer = scene.ask(say().header("authorization", proof));

    assertDenied(answer, 503, "14", RefusalReason.ISSUER_UNAVAILABLE);
  }

  @Test
  void check_whoseIssuerIsSlow_isAnsweredLater_andOthersMeanwhile() throws Exception {
    CheckerScene impatient = rolecall.closing(CheckerScene.impatient(rolecall));
    String proof = impatient.proof(CHECKOUT);
    rolecall.sts().fail(Fault.silent());
    var slow =
        AuthorizationGrpc.newFutureStub(impatient.channel)
            .check(say().header("authorization", proof).request());

    assertThat(impatient.ask(Asked.about(Echo.PING)).allowed()).isTrue();
    assertThat(new Answered(slow.get(20, TimeUnit.SECONDS)).grpcStatus()).isEqualTo("14");
  }

  @Test
  void check_ofAnUnknownAudience_isAnOutage() {
    Answered answer =
        scene.ask(
            say().header("authorization", scene.proof(CHECKOUT)).extension("audience", "billing"));

    assertThat(answer.http()).isEqualTo(503);
    assertThat(answer.grpcStatus()).isEqualTo("14");
    assertThat(answer.message()).isEqualTo("the proxy is not configured for this service");
    await()
        .untilAsserted(
            () ->
                assertThat(
                        scene.recorded.sum(
                            "rolecall.checker.checks{audience=unknown,result=audience_unknown}"))
                    .isEqualTo(1));
  }

  @Test
  void check_ofARouteThatKeepsTheCredential_doesNotRemoveIt() {
    Answered answer =
        scene.ask(
            say()
                .header("authorization", scene.proof(CHECKOUT))
                .extension("audience", "orders")
                .extension("keep_authorization", "true"));

    assertThat(answer.removed()).doesNotContain("authorization");
  }

  @Test
  void check_afterTheCallersEnd_isDenied() {
    String proof = scene.proof(CHECKOUT);
    assertThat(scene.ask(say().header("authorization", proof)).allowed()).isTrue();

    rolecall.clock().advance(java.time.Duration.ofHours(1));

    assertDenied(
        scene.ask(say().header("authorization", proof)),
        401,
        "16",
        RefusalReason.CREDENTIAL_EXPIRED);
  }

  private static void assertDenied(Answered answer, int http, String code, RefusalReason reason) {
    assertThat(answer.allowed()).isFalse();
    assertThat(answer.http()).as("HTTP").isEqualTo(http);
    assertThat(answer.grpcStatus()).as("gRPC").isEqualTo(code);
    assertThat(answer.message()).isEqualTo(reason.statusDescription());
    assertThat(answer.details()).contains(reason.name());
  }
}
