package dev.rolecall.proxy.envoy;

import static dev.rolecall.proxy.envoy.CheckerScene.CHECKOUT;
import static dev.rolecall.proxy.envoy.CheckerScene.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rolecall.access.AccessControl;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.Caller;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.proxy.IdentityHeaders;
import dev.rolecall.proxy.PassedIdentity;
import dev.rolecall.proxy.envoy.v3.AuthorizationGrpc;
import dev.rolecall.proxy.internal.format.ReportedCertificateTest;
import dev.rolecall.stsemulator.Fault;
import dev.rolecall.testing.RolecallExtension;
import dev.rolecall.testing.TestCallers;
import dev.rolecall.testsupport.Echo;
import dev.rolecall.testsupport.ManualScheduler;
import dev.rolecall.testsupport.ManualTime;
import dev.rolecall.testsupport.RecordedTelemetry;
import dev.rolecall.testsupport.TestCertificate;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
final class CheckerLifeTest {

  private static final Duration LONG = Duration.ofSeconds(50);

  @RegisterExtension final RolecallExtension rolecall = RolecallExtension.forAudience(ORDERS);

  private static ServingStatus health(ManagedChannel channel, String service) {
    return HealthGrpc.newBlockingStub(channel)
        .withDeadlineAfter(20, TimeUnit.SECONDS)
        .check(HealthCheckRequest.newBuilder().setService(service).build())
        .getStatus();
  }

  @Test
  void checker_thatIsWarm_saysThatItServes_andHasRecordedNothing() {
    CheckerScene scene = rolecall.closing(new CheckerScene(rolecall));

    assertThat(scene.checker.isWarm()).isTrue();
    assertThat(health(scene.channel, "")).isEqualTo(ServingStatus.SERVING);
    assertThat(health(scene.channel, AuthorizationGrpc.SERVICE_NAME))
        .isEqualTo(ServingStatus.SERVING);
    assertThat(scene.records).isEmpty();
    assertThat(scene.recorded.sums().keySet())
        .noneMatch(name -> name.startsWith("rolecall.checker"));
    assertThat(scene.checker.address()).isEqualTo("127.0.0.1:" + scene.checker.port());
  }

  @Test
  void checker_thatAdmitsAndRecords_recordsNothingOfItsWarmUp() {
    CheckerScene scene = rolecall.closing(new CheckerScene(rolecall));
    EnvoyChecker checker =
        rolecall.closing(
            CheckerScene.started(
                EnvoyChecker.builder(CheckerAddress.loopback(0))
                    .threads(1)
                    .audience(
                        CheckedAudience.of(
                            Audience.of(ORDERS),
                            scene.access(options -> options.admitAndRecordInsteadOfRefusing()),
                            PassedIdentity.plainHeaders()))));

    assertThat(checker.isWarm()).isTrue();
    assertThat(scene.records).isEmpty();
  }

  @Test
  void checker_thatCannotSign_doesNotServe_untilItCan() {
    AtomicBoolean signs = new AtomicBoolean();
    ManualScheduler scheduler = rolecall.closing(new ManualScheduler());
    CheckerScene scene =
        rolecall.closing(
            new CheckerScene(
                rolecall,
                audience -> audience,
                options ->
                    options
                        .runtime(rolecall.runtime().scheduler(scheduler).build())
                        .audience(
                            CheckedAudience.of(
                                Audience.of("billing"),
                                new CheckerScene(rolecall).access(each -> each),
                                (caller, method) -> {
                                  if (!signs.get()) {
                                    throw new IllegalStateException("no key yet");
                                  }
                                  return Optional.of(IdentityHeaders.NONE);
                                }))));
    assertThat(scene.checker.isWarm()).isFalse();
    assertThat(health(scene.channel, AuthorizationGrpc.SERVICE_NAME))
        .isEqualTo(ServingStatus.NOT_SERVING);

    scheduler.pass(Duration.ofSeconds(1));
    assertThat(scene.checker.isWarm()).isFalse();

    signs.set(true);
    scheduler.pass(Duration.ofSeconds(1));
    assertThat(scene.checker.isWarm()).isTrue();
    assertThat(health(scene.channel, AuthorizationGrpc.SERVICE_NAME))
        .isEqualTo(ServingStatus.SERVING);
    assertThat(health(scene.channel, "")).isEqualTo(ServingStatus.SERVING);
  }

  @Test
  void drain_saysSoFirst_answersMeanwhile_andFinishesWhatIsUnderWay() throws Exception {
    CheckerScene scene = rolecall.closing(CheckerScene.impatient(rolecall));
    String proof = scene.proof(CHECKOUT);
    rolecall.sts().fail(Fault.silent());
    CompletableFuture<Void> drained =
        CompletableFuture.runAsync(
            () -> {
              try {
                scene.checker.drain(Duration.ofMillis(700), LONG);
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            },
            task -> new Thread(task, "draining").start());
    await()
        .until(
            () ->
                health(scene.channel, AuthorizationGrpc.SERVICE_NAME) == ServingStatus.NOT_SERVING);

    assertThat(scene.ask(Asked.about(Echo.PING)).allowed()).isTrue();
    var underWay =
        AuthorizationGrpc.newFutureStub(scene.channel)
            .check(Asked.about(Echo.SAY).header("authorization", proof).request());

    // The issuer's time is up after the pause.
    assertThat(new Answered(underWay.get(20, TimeUnit.SECONDS)).grpcStatus()).isEqualTo("14");
    drained.get(30, TimeUnit.SECONDS);
    assertThatThrownBy(() -> scene.ask(Asked.about(Echo.PING)))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
  }

  @Test
  void checker_withTls_isAskedByTls() throws Exception {
    TestCertificate certificate = TestCertificate.generate();
    CheckerScene scene = rolecall.closing(new CheckerScene(rolecall));
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (EnvoyChecker checker =
        EnvoyChecker.builder(CheckerAddress.tls(any, certificate.ofServer()))
            .audience(
                CheckedAudience.of(
                    Audience.of(ORDERS),
                    scene.access(options -> options),
                    PassedIdentity.plainHeaders()))
            .threads(1)
            .start()) {
      assertThat(checker.isWarm()).isTrue();
      ManagedChannel channel =
          NettyChannelBuilder.forAddress(
                  "127.0.0.1", checker.port(), TestCertificate.trusting(certificate))
              .build();
      assertThat(health(channel, "")).isEqualTo(ServingStatus.SERVING);
      channel.shutdownNow();
    }
    assertThatThrownBy(() -> CheckerAddress.tls(any, InsecureServerCredentials.create()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                CheckerAddress.plaintextForAnyoneWhoReachesThisAddress(
                    InetSocketAddress.createUnresolved("nowhere.invalid", 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void caller_whoseCredentialHasLapsed_isNotAdmittedAgain_whenTheClockIsSetBack() throws Exception {
    ManualTime time = new ManualTime();
    ManualScheduler scheduler = rolecall.closing(new ManualScheduler());
    Caller known = TestCallers.role(CHECKOUT);
    Caller caller =
        Caller.of(
            known.principal(), known.evidence(), ManualTime.START.plus(Duration.ofMinutes(15)));
    AccessControl access =
        AccessControl.builder(PolicySource.fixed(CheckerScene.policy()))
            .accept(new CertifiedScheme(caller))
            .runtime(AccessRuntime.builder().clock(time).ticker(time::nanos).build())
            .build();
    CheckerScene scene =
        rolecall.closing(
            new CheckerScene(
                rolecall,
                audience -> audience,
                options ->
                    options
                        .trustClientCertificatesThatEnvoyReports()
                        .runtime(rolecall.runtime().scheduler(scheduler).build())
                        .audience(
                            CheckedAudience.of(
                                Audience.of("billing"), access, PassedIdentity.plainHeaders()))));
    Asked asked =
        Asked.about(Echo.SAY)
            .extension("audience", "billing")
            .certificate(ReportedCertificateTest.encoded(TestCertificate.generate()));
    assertThat(scene.ask(asked).allowed()).isTrue();

    time.advance(Duration.ofMinutes(20));
    scheduler.pass(Duration.ofSeconds(1));
    time.setClock(ManualTime.START);

    assertThat(scene.ask(asked).message()).startsWith("CREDENTIAL_EXPIRED");
  }

  @Test
  void close_twice_closesOnce_andTelemetryThatFailsChangesNoAnswer() {
    CheckerScene scene =
        rolecall.closing(
            new CheckerScene(
                rolecall,
                audience -> audience,
                options ->
                    options.runtime(
                        rolecall
                            .runtime()
                            .openTelemetry(
                                new RecordedTelemetry(
                                        () -> {
                                          throw new IllegalStateException("telemetry");
                                        })
                                    .telemetry())
                            .build())));
    assertThat(scene.ask(Asked.about(Echo.PING)).allowed()).isTrue();

    scene.checker.close();
    scene.checker.close();
  }
}
