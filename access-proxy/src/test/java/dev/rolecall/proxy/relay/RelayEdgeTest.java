package dev.rolecall.proxy.relay;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.testing.RolecallExtension;
import dev.rolecall.testsupport.LoopbackServer;
import io.grpc.CallOptions;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.StreamObserver;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelayEdgeTest {

  @RegisterExtension final RolecallExtension rolecall = RolecallExtension.forAudience("orders");

  private @Nullable RelayRig rig;

  @AfterEach
  void stop() {
    if (rig != null) {
      rig.close();
    }
  }

  private RelayRig start(UnaryOperator<RelayServerBuilder> options) {
    RelayRig started = new RelayRig(rolecall, route -> route, options);
    started.upstream().answers(Script.echo());
    rig = started;
    return started;
  }

  private RelayRig start() {
    return start(options -> options);
  }

  @Test
  void deadline_ofTheClient_goesOnToTheUpstream() {
    RelayRig rig = start();
    AtomicReference<Deadline> seen = new AtomicReference<>();
    rig.upstream()
        .answers(
            Script.echo()
                .firstAtStart(
                    call -> {
                      seen.set(Context.current().getDeadline());
                      call.sendHeaders(new Metadata());
                    }));

    var unused =
        rig.exchange(
            RelayRig.METHOD, rig.allowed().withDeadlineAfter(30, TimeUnit.SECONDS), new Metadata());

    assertThat(requireNonNull(seen.get()).timeRemaining(TimeUnit.MILLISECONDS))
        .isBetween(1L, 30_000L);
  }

  @Test
  void method_isALabel_onlyIfThePolicyNamesIt() {
    RelayRig rig = start();
    rig.policies()
        .set(
            AccessPolicy.builder("named")
                .allow(
                    RolePattern.parse(RelayRig.ROLE),
                    "/" + RelayRig.METHOD,
                    "/" + Bytes.SERVICE + "/*")
                .build());

    var named = rig.exchange(RelayRig.METHOD, rig.allowed(), new Metadata());
    var madeUp = rig.exchange(Bytes.SERVICE + "/MadeUp", rig.allowed(), new Metadata());

    assertThat(List.of(named.awaitEnd(), madeUp.awaitEnd())).allMatch(Status::isOk);
    assertThat(rig.telemetry().sums().keySet())
        .anyMatch(key -> key.contains("grpc.method=" + RelayRig.METHOD))
        .anyMatch(key -> key.contains("grpc.method=other"))
        .noneMatch(key -> key.contains("MadeUp"));
  }

  @Test
  void health_answeredHere_saysServing_andNotServingAtTheEnd() {
    RelayRig rig = start(RelayServerBuilder::answerHealthChecksHere);
    List<ServingStatus> seen = new CopyOnWriteArrayList<>();
    HealthGrpc.newStub(rig.relayed())
        .watch(
            HealthCheckRequest.getDefaultInstance(),
            new StreamObserver<>() {
              @Override
              public void onNext(HealthCheckResponse answer) {
                seen.add(answer.getStatus());
              }

              @Override
              public void onError(Throwable thrown) {}

              @Override
              public void onCompleted() {}
            });
    await().untilAsserted(() -> assertThat(seen).containsExactly(ServingStatus.SERVING));

    rig.relay().shutdown(Duration.ofSeconds(30));

    await()
        .untilAsserted(
            () ->
                assertThat(seen).containsExactly(ServingStatus.SERVING, ServingStatus.NOT_SERVING));
    assertThat(rig.upstream().calls()).isZero();
  }

  @Test
  void health_byDefault_isJudgedLikeAnyMethod() {
    RelayRig rig = start();

    Conversation check =
        rig.exchange("grpc.health.v1.Health/Check", CallOptions.DEFAULT, new Metadata());

    assertThat(check.awaitEnd().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
  }

  @Test
  void method_ofNoRoute_isUnimplemented_andCounted() {
    RelayRig rig = new RelayRig(rolecall, route -> route.services(Bytes.SERVICE), it -> it);
    this.rig = rig;

    Status end = rig.exchange("other.Service/Do", rig.allowed(), new Metadata()).awaitEnd();

    assertThat(end.getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
    assertThat(end.getDescription()).isEqualTo("no route of this relay leads to this method");
    await()
        .untilAsserted(
            () ->
                assertThat(
                        rig.telemetry()
                            .sum("rolecall.relay.calls{route=none,status=UNIMPLEMENTED}"))
                    .isEqualTo(1));
  }

  /** A server that drops the query would run a method that a rule denies by its name. */
  @ParameterizedTest
  @ValueSource(strings = {"Unary?x", "Unary#x", "Un%61ry", "Unary;x", "Unary\\x"})
  void method_thatServersMayReadDifferently_isNotRelayed(String method) {
    RelayRig rig = start();

    Status end =
        rig.exchange(Bytes.SERVICE + "/" + method, rig.allowed(), new Metadata()).awaitEnd();

    assertThat(end.getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
    assertThat(rig.upstream().calls()).isZero();
  }

  @Test
  void message_overTheLimit_isRefused_bothWays() {
    RelayRig rig =
        start(options -> options.limits(RelayLimits.ofDefaults().withMessageBytes(10_000)));

    rig.upstream().answers(Script.silent());
    Conversation up =
        Conversation.start(rig.relayed(), RelayRig.METHOD, rig.allowed(), new Metadata())
            .send(Bytes.of(10_001));
    assertThat(up.awaitEnd().getCode()).isEqualTo(codeFromALimitedServer());

    rig.upstream()
        .answers(
            Script.atHalfClose(
                call -> {
                  call.sendHeaders(new Metadata());
                  call.sendMessage(Bytes.of(10_001));
                  call.close(Status.OK, new Metadata());
                }));
    Status down = rig.exchange(RelayRig.METHOD, rig.allowed(), new Metadata()).awaitEnd();
    assertThat(down.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(down.getDescription()).startsWith("the upstream's answer is larger");
  }

  /** A server of gRPC's resets the call of a message that is too long. */
  private Status.Code codeFromALimitedServer() {
    try (ScriptedUpstream limited = ScriptedUpstream.startLimited(RelayRig.INNER, 10_000)) {
      return Conversation.start(
              requireNonNull(rig).channel(limited.port(), RelayRig.INNER),
              RelayRig.METHOD,
              CallOptions.DEFAULT,
              new Metadata())
          .send(Bytes.of(10_001))
          .awaitEnd()
          .getCode();
    }
  }

  @Test
  void encodingThatTheClientDoesNotAccept_isNotSentAsPlain() {
    RelayRig rig = start();
    rig.upstream()
        .answers(
            Script.atStart(
                call -> {
                  call.setCompression("gzip");
                  call.sendHeaders(new Metadata());
                  call.sendMessage(Bytes.of(5_000));
                  call.close(Status.OK, new Metadata());
                }));
    try (NoGzipClient client = new NoGzipClient(rig.relay().port())) {
      Conversation call =
          Conversation.start(client.channel(), RelayRig.METHOD, rig.allowed(), new Metadata());

      // The upstream is told what the client accepts, and sends plain messages then.
      assertThat(call.awaitEnd().getCode()).isEqualTo(Status.Code.OK);
      assertThat(call.events()).contains("message " + Bytes.text(Bytes.of(5_000)));
      assertThat(call.flags()).containsExactly("wire 0 plain");
    }
  }

  @Test
  void lanes_shareThePort() {
    RelayRig rig = start(options -> options.eventLoops(4));

    for (int i = 0; i < 24; i++) {
      assertThat(rig.exchange(RelayRig.METHOD, rig.allowed(), new Metadata()).awaitEnd().getCode())
          .isEqualTo(Status.Code.OK);
    }
  }

  @Test
  void socketsThatCannotShareAPort_doTheSame() {
    RelayRig rig = start(options -> options.sockets(Sockets.nio()).eventLoops(3));
    List<Conversation> calls = new ArrayList<>();

    for (int i = 0; i < 12; i++) {
      calls.add(rig.call());
    }
    for (int round = 0; round < 20; round++) {
      for (Conversation each : calls) {
        each.send(Bytes.of(20_000 + round));
      }
    }
    for (Conversation each : calls) {
      assertThat(each.awaitMessages(20).halfClose().awaitEnd().getCode()).isEqualTo(Status.Code.OK);
    }
  }

  @Test
  void secondStart_isRefused_andSoIsAPortInUse() {
    RelayRig rig = start();
    RelayServer other =
        RelayServer.builder(
                new InetSocketAddress(LoopbackServer.address(), rig.relay().port()),
                RelayRig.EDGE.ofServer())
            .route(
                Route.builder("other", rig.guard(), Upstream.overPlaintext("127.0.0.1:1")).build())
            .build();

    assertThatThrownBy(() -> rig.relay().start()).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(other::start).isInstanceOf(BindException.class);
    assertThatThrownBy(other::port).isInstanceOf(IllegalStateException.class);
    other.close();
    assertThatThrownBy(
            () ->
                RelayServer.builder(
                    InetSocketAddress.createUnresolved("host", 1), RelayRig.EDGE.ofServer()))
        .hasMessage("address: host (expected: an address of this machine)");
  }

  @Test
  void secondClose_doesNothing_andCallsFindNoServer() {
    RelayRig rig = start();
    assertThatThrownBy(() -> rig.relay().shutdown(Duration.ofMillis(-1)))
        .hasMessageStartingWith("drain limit: ");
    rig.relay().close();
    rig.relay().close();
    ManagedChannel late = rig.relayed();
    assertThat(
            Conversation.start(late, RelayRig.OPEN, CallOptions.DEFAULT, new Metadata())
                .awaitEnd()
                .getCode())
        .isEqualTo(Status.Code.UNAVAILABLE);
  }
}
