package dev.rolecall.proxy.envoy;

import static dev.rolecall.proxy.envoy.CheckerScene.CHECKOUT;
import static dev.rolecall.proxy.envoy.CheckerScene.ORDERS;
import static dev.rolecall.proxy.envoy.CheckerScene.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rolecall.access.AccessControl;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.Caller;
import dev.rolecall.proxy.IdentityHeaders;
import dev.rolecall.proxy.PassedIdentity;
import dev.rolecall.proxy.envoy.v3.AuthorizationGrpc;
import dev.rolecall.proxy.internal.format.ReportedCertificateTest;
import dev.rolecall.stsemulator.Fault;
import dev.rolecall.testing.RolecallExtension;
import dev.rolecall.testing.TestCallers;
import dev.rolecall.testsupport.CapturedLog;
import dev.rolecall.testsupport.Echo;
import dev.rolecall.testsupport.TestCertificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The options of an audience and of a checker, as a Check meets them. */
final class CheckedAudienceTest {

  @RegisterExtension final RolecallExtension rolecall = RolecallExtension.forAudience(ORDERS);

  private CheckerScene scene(
      UnaryOperator<CheckedAudience> audience, UnaryOperator<EnvoyCheckerBuilder> options) {
    return rolecall.closing(new CheckerScene(rolecall, audience, options));
  }

  private CheckerScene scene(UnaryOperator<CheckedAudience> audience) {
    return scene(audience, options -> options);
  }

  /** One audience more, beside the default. */
  private CheckerScene scene(String name, AccessFactory access, PassedIdentity identity) {
    CheckerScene bare = scene(audience -> audience);
    return scene(
        audience -> audience,
        options ->
            options
                .trustClientCertificatesThatEnvoyReports()
                .audience(CheckedAudience.of(Audience.of(name), access.of(bare), identity)));
  }

  private interface AccessFactory {
    AccessControl of(CheckerScene scene);
  }

  private Asked say(CheckerScene scene, String role) {
    return Asked.about(Echo.SAY).header("authorization", scene.proof(role));
  }

  @Test
  void metadata_tellsTheAccessLogWhoCalledAndWhy() {
    CheckerScene scene = scene(CheckedAudience::withMetadataForAccessLog);

    Answered allowed = scene.ask(say(scene, CHECKOUT));
    assertThat(allowed.allowed()).isTrue();
    assertThat(allowed.metadata("audience")).isEqualTo(ORDERS);
    assertThat(allowed.metadata("principal")).isEqualTo(CHECKOUT);
    assertThat(allowed.metadata("scheme")).isEqualTo("aws-iam");

    Answered denied =
        scene.ask(Asked.about(Echo.COUNT).header("authorization", scene.proof(CHECKOUT)));
    assertThat(denied.metadata("principal")).isEqualTo(CHECKOUT);
    assertThat(denied.metadata("reason")).isEqualTo("METHOD_NOT_ALLOWED");
    assertThat(denied.metadata("rule")).isEqualTo("no counting");
  }

  @Test
  void deadline_isLimitedToTheCredential_whereAsked() {
    CheckerScene scene = scene(CheckedAudience::limitDeadlineToCredential);

    assertThat(scene.ask(say(scene, CHECKOUT)).set().get("grpc-timeout")).matches("[0-9]{1,8}m");
    assertThat(scene.ask(say(scene, CHECKOUT).header("grpc-timeout", "9H")).set())
        .containsKey("grpc-timeout");
    assertThat(scene.ask(say(scene, CHECKOUT).header("grpc-timeout", "5S")).set())
        .doesNotContainKey("grpc-timeout");
    assertThat(scene.ask(Asked.about(Echo.PING)).set()).isEmpty();
    assertThat(scene(audience -> audience).ask(say(scene, CHECKOUT)).set())
        .doesNotContainKey("grpc-timeout");
  }

  @Test
  void credential_isForwarded_whereAsked() {
    CheckerScene scene = scene(CheckedAudience::forwardCredentialsToServices);

    assertThat(scene.ask(say(scene, CHECKOUT)).removed())
        .contains("rolecall-grant", "txn-token")
        .doesNotContain("authorization");
  }

  @Test
  void methods_thatAreNamed_areNamedInMetrics_andNoOther() {
    CheckerScene scene =
        scene(audience -> audience.namedInMetrics(Set.of(Echo.SAY.getFullMethodName())));

    scene.ask(say(scene, STRANGER));
    scene.ask(Asked.about(Echo.CHAT).header("authorization", scene.proof(STRANGER)));

    await()
        .untilAsserted(
            () ->
                assertThat(scene.recorded.sums().keySet())
                    .anyMatch(
                        name ->
                            name.startsWith("rolecall.server.decisions")
                                && name.contains(Echo.SAY.getFullMethodName()))
                    .anyMatch(
                        name ->
                            name.startsWith("rolecall.server.decisions") && name.contains("=other"))
                    .noneMatch(name -> name.contains(Echo.CHAT.getFullMethodName())));
  }

  @Test
  void audiences_areToldApartByTheRoute() {
    CheckerScene scene =
        scene(
            "billing",
            bare ->
                bare.access(
                    options -> options.accept(new CertifiedScheme(TestCallers.role(CHECKOUT)))),
            (caller, method) ->
                Optional.of(new IdentityHeaders(Map.of("txn-token", "for-" + method))));

    assertThat(scene.ask(say(scene, CHECKOUT).extension("audience", "billing")).set())
        .containsExactly(Map.entry("txn-token", "for-" + Echo.SAY.getFullMethodName()));
    assertThat(scene.ask(say(scene, CHECKOUT)).set()).containsKey("x-rolecall-principal");
  }

  @Test
  void certificate_thatEnvoyReports_isReadOnlyWhereTheOperatorSaysSo() {
    Caller caller = TestCallers.role(CHECKOUT);
    AccessFactory access =
        bare -> bare.access(options -> options.accept(new CertifiedScheme(caller)));
    String certificate = ReportedCertificateTest.encoded(TestCertificate.generate());
    CheckerScene trusting = scene("billing", access, PassedIdentity.plainHeaders());
    Asked asked = Asked.about(Echo.SAY).extension("audience", "billing").certificate(certificate);

    assertThat(trusting.ask(asked).set()).containsEntry("x-rolecall-principal", CHECKOUT);
    assertThat(trusting.ask(asked.certificate("%%%")).message()).startsWith("ATTESTATION_INVALID");
    assertThat(trusting.ask(asked.certificate("")).message()).startsWith("CREDENTIAL_MISSING");

    CheckerScene bare = scene(audience -> audience);
    CheckerScene wary =
        scene(
            audience -> audience,
            options ->
                options.audience(
                    CheckedAudience.of(
                        Audience.of("billing"), access.of(bare), PassedIdentity.plainHeaders())));
    assertThat(wary.ask(asked.certificate(certificate)).message()).startsWith("CREDENTIAL_MISSING");
  }

  @Test
  void identity_thatCannotBeMade_isADefect_andOneOfALapsedCallerARefusal() {
    AtomicReference<Optional<IdentityHeaders>> identity =
        new AtomicReference<>(Optional.of(IdentityHeaders.NONE));
    AtomicReference<RuntimeException> failure = new AtomicReference<>();
    CheckerScene scene =
        scene(
            "billing",
            bare -> bare.access(options -> options),
            (caller, method) -> {
              RuntimeException thrown = failure.get();
              if (thrown != null) {
                throw thrown;
              }
              return Objects.requireNonNull(identity.get());
            });
    Asked asked = say(scene, CHECKOUT).extension("audience", "billing");
    assertThat(scene.ask(asked).allowed()).isTrue();

    identity.set(Optional.empty());
    assertThat(scene.ask(asked).message()).startsWith("CREDENTIAL_EXPIRED");

    failure.set(new IllegalStateException("no key"));
    try (CapturedLog log = CapturedLog.of("rolecall.access", Level.ALL)) {
      Answered answer = scene.ask(asked);
      assertThat(answer.grpcStatus()).isEqualTo("13");
      assertThat(answer.http()).isEqualTo(500);
      await()
          .untilAsserted(
              () ->
                  assertThat(
                          scene.recorded.sum(
                              "rolecall.checker.checks{audience=billing,result=defect}"))
                      .isEqualTo(1));
      assertThat(String.join("\n", log.lines())).doesNotContain("no key");
    }
  }

  @Test
  void method_thatIsNotEnforced_goesOn_whateverHappens() {
    CheckerScene scene =
        scene(
            "billing",
            bare -> bare.access(options -> options.admitAndRecordInsteadOfRefusing()),
            (caller, method) -> {
              if (method.equals(Echo.SAY.getFullMethodName())) {
                throw new IllegalStateException("no key");
              }
              return Optional.empty();
            });

    for (Asked each :
        List.of(
            Asked.about(Echo.SAY),
            say(scene, STRANGER),
            Asked.about(Echo.CHAT).header("authorization", scene.proof(CHECKOUT)))) {
      Answered answer = scene.ask(each.extension("audience", "billing"));

      assertThat(answer.allowed()).isTrue();
      assertThat(answer.set()).isEmpty();
      assertThat(answer.removed()).contains("authorization", "txn-token", "x-rolecall-principal");
    }
  }

  @Test
  void check_thatIsCancelled_leavesItsPlace() {
    CheckerScene scene =
        rolecall.closing(
            new CheckerScene(
                rolecall,
                audience -> audience,
                options -> options.maxWaitingChecks(1),
                Duration.ofSeconds(30)));
    Asked one = say(scene, CHECKOUT);
    Asked other = say(scene, STRANGER);
    rolecall.sts().fail(Fault.silent());
    var waiting = AuthorizationGrpc.newFutureStub(scene.channel).check(one.request());
    await().until(() -> rolecall.sts().requests().total() > 0);

    Answered crowdedOut = scene.ask(other);
    assertThat(crowdedOut.grpcStatus()).isEqualTo("8");
    assertThat(crowdedOut.http()).isEqualTo(429);

    waiting.cancel(true);
    await().untilAsserted(() -> assertThat(scene.checks("cancelled")).isEqualTo(1));
    assertThat(scene.records).hasSize(1);
    rolecall.sts().clearFaults();
    for (String role : List.of("first", "second", "third")) {
      assertThat(scene.ask(say(scene, "arn:aws:iam::111122223333:role/" + role)).grpcStatus())
          .as(role)
          .isEqualTo("7");
    }
  }
}
