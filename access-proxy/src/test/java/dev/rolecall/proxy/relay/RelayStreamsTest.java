package dev.rolecall.proxy.relay;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicyRule;
import dev.rolecall.policy.condition.CallConditions;
import dev.rolecall.policy.grant.GrantRequirement;
import dev.rolecall.testing.RolecallExtension;
import dev.rolecall.testing.TestGrant;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RelayStreamsTest {

  private static final Metadata.Key<byte[]> DETAILS =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

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
  void stream_whoseGrantIsRevoked_endsWithTheReason_andTheUpstreamSeesACancel() {
    RelayRig rig = start();
    rig.policies()
        .set(
            AccessPolicy.builder("granted")
                .allow(
                    "granted",
                    PolicyRule.Source.of(List.of(RolePattern.parse(RelayRig.ROLE)))
                        .requiring(GrantRequirement.of("orders.work")),
                    CallConditions.none(),
                    "/" + Bytes.SERVICE + "/*")
                .build());
    TestGrant grant =
        rolecall.grants().grant("orders.work").to(RelayRig.ROLE).lasting(Duration.ofHours(1));
    Conversation stream = rig.call().send(Bytes.of(3)).awaitMessages(1);
    assertThat(
            stream
                .awaitHeaders()
                .containsKey(
                    Metadata.Key.of(
                        "rolecall-access-expires-at", Metadata.ASCII_STRING_MARSHALLER)))
        .isTrue();

    grant.revoke();

    assertThat(stream.awaitEnd().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(new String(requireNonNull(stream.trailers().get(DETAILS)), US_ASCII))
        .contains("GRANT_REVOKED");
    assertThat(rig.upstream().seen().end()).isEqualTo("cancelled");
  }

  @Test
  void stream_thatANewPolicyForbids_endsWithTheReason_andTheUpstreamSeesACancel() {
    RelayRig rig = start();
    Conversation stream = rig.call().send(Bytes.of(3)).awaitMessages(1);

    rig.policies().set(RelayRig.allowingNothing());

    assertThat(stream.awaitEnd().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(new String(requireNonNull(stream.trailers().get(DETAILS)), US_ASCII))
        .contains("METHOD_NOT_ALLOWED");
    assertThat(rig.upstream().seen().end()).isEqualTo("cancelled");
  }

  @Test
  void stream_whoseProofLapses_endsWithTheReason_andTheUpstreamSeesACancel() {
    RelayRig rig = start();
    Conversation stream = rig.call().send(Bytes.of(3)).awaitMessages(1);

    rolecall.clock().advance(Duration.ofHours(2));

    assertThat(stream.awaitEnd().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(new String(requireNonNull(stream.trailers().get(DETAILS)), US_ASCII))
        .contains("CREDENTIAL_EXPIRED");
    assertThat(rig.upstream().seen().end()).isEqualTo("cancelled");
  }

  @Test
  void drain_letsShortCallsEnd_andRefusesNewConnections() {
    RelayRig rig = start(RelayServerBuilder::answerHealthChecksHere);
    Conversation stream = rig.call().send(Bytes.of(3)).awaitMessages(1);
    CompletableFuture<Void> drained =
        CompletableFuture.runAsync(
            () -> rig.relay().shutdown(Duration.ofSeconds(20)), task -> thread(task).start());

    await()
        .untilAsserted(
            () ->
                assertThat(
                        rig.exchange(RelayRig.OPEN, CallOptions.DEFAULT, new Metadata())
                            .awaitEnd()
                            .getCode())
                    .isEqualTo(Status.Code.UNAVAILABLE));
    assertThat(drained).isNotDone();
    var unused = stream.send(Bytes.of(4)).awaitMessages(1).halfClose();

    assertThat(stream.awaitEnd().getCode()).isEqualTo(Status.Code.OK);
    assertThat(drained).succeedsWithin(Duration.ofSeconds(15));
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "the test's drain");
    thread.setDaemon(true);
    return thread;
  }

  @Test
  void drain_atItsLimit_endsStreamsWithAReason() {
    RelayRig rig = start();
    Conversation stream = rig.call().send(Bytes.of(3)).awaitMessages(1);

    rig.relay().shutdown(Duration.ofMillis(100));

    Status end = stream.awaitEnd();
    assertThat(end.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(end.getDescription()).isEqualTo("the relay is shutting down and ended this call");
    assertThat(rig.upstream().seen().end()).isEqualTo("cancelled");
    await()
        .untilAsserted(
            () ->
                assertThat(
                        rig.telemetry()
                            .sum("rolecall.relay.calls{route=orders,status=UNAVAILABLE}"))
                    .isEqualTo(1));
  }

  @Test
  void clientThatDoesNotRead_holdsBackTheUpstream() {
    RelayRig rig = start();
    AtomicInteger sent = new AtomicInteger();
    rig.upstream()
        .answers(
            Script.atStart(call -> call.sendHeaders(new Metadata()))
                .whenReady(
                    call -> {
                      while (call.isReady() && sent.get() < 2_000) {
                        call.sendMessage(Bytes.of(64 << 10));
                        if (sent.incrementAndGet() == 2_000) {
                          call.close(Status.OK, new Metadata());
                        }
                      }
                    }));

    Conversation call =
        Conversation.asking(rig.relayed(), RelayRig.METHOD, rig.allowed(), new Metadata());
    call.halfClose();
    int held = settled(sent);

    // 125 MiB are to come: the windows of two connections and a message hold a small part.
    assertThat(held).isBetween(1, 200);
    call.call().request(Integer.MAX_VALUE);
    call.awaitMessages(2_000);
    assertThat(call.awaitEnd().getCode()).isEqualTo(Status.Code.OK);
  }

  @Test
  void upstreamThatDoesNotRead_holdsBackTheClient() {
    RelayRig rig = start();
    rig.upstream().answers(Script.silent().asking(1));
    AtomicInteger sent = new AtomicInteger();
    Conversation call = rig.call();

    AtomicInteger quiet = new AtomicInteger();
    await()
        .until(
            () -> {
              int before = sent.get();
              while (call.call().isReady() && sent.get() < 2_000) {
                call.send(Bytes.of(64 << 10));
                sent.incrementAndGet();
              }
              quiet.set(before > 0 && before == sent.get() ? quiet.get() + 1 : 0);
              return quiet.get() == 5;
            });

    assertThat(sent.get()).isBetween(1, 200);
    call.call().cancel("the test's", null);
    assertThat(rig.upstream().seen().end()).isEqualTo("cancelled");
  }

  /** The number once it no longer grows. */
  private static int settled(AtomicInteger sent) {
    AtomicInteger last = new AtomicInteger(-1);
    await()
        .pollInterval(Duration.ofMillis(300))
        .until(() -> last.getAndSet(sent.get()) == sent.get() && sent.get() > 0);
    return sent.get();
  }
}
