package dev.rolecall.guard;

import static dev.rolecall.guard.GrantedStreams.GOOD;
import static dev.rolecall.guard.GrantedStreams.HOUR;
import static dev.rolecall.guard.Refusals.assertRefusal;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.grant.GrantRequirement;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls under grants as clients see them: statuses, headers, tokens, locks; I19 on the wire. */
@Tag("attack")
final class GrantsAtTheDoorTest {

  private final EchoHandler handler = new EchoHandler();

  private static Throwable unary(Channel channel) {
    try {
      ClientCalls.blockingUnaryCall(channel, TestService.UNARY, CallOptions.DEFAULT, "hello");
      return Status.OK.asRuntimeException();
    } catch (StatusRuntimeException e) {
      return e;
    }
  }

  private static Channel with(Channel channel, String name, String... values) {
    Metadata headers = new Metadata();
    for (String each : values) {
      headers.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), each);
    }
    return ClientInterceptors.intercept(
        channel, MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private static Status.Code code(Throwable end) {
    return Status.fromThrowable(end).getCode();
  }

  @Test
  void call_revokedBetweenTwoOnOneWarmConnection_isRefused() {
    try (GrantedStreams rig = GrantedStreams.of(TestService.UNARY, handler)) {
      FakeGrants.Grant grant = rig.grant(HOUR);
      Channel channel = rig.server.sending(GOOD);
      assertThat(code(unary(channel))).isEqualTo(Status.Code.OK);
      assertThat(code(unary(channel))).isEqualTo(Status.Code.OK);
      grant.revoke();
      assertRefusal(unary(channel), RefusalReason.GRANT_REVOKED);
      rig.grant(HOUR);

      assertThat(code(unary(channel))).isEqualTo(Status.Code.OK);
    }
  }

  @Test
  void streamAndCall_withoutNewsOfGrants_areUnavailable() {
    try (GrantedStreams rig = GrantedStreams.of(handler)) {
      rig.grant(HOUR);
      ClientEnd client = rig.stream();
      rig.grants.stale(true);
      assertRefusal(client.end(), RefusalReason.GRANTS_STALE);
      assertThat(client.code()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(rig.server.scheme.asked).hasSize(1);
      assertThat(ClientEnd.start(rig.server.sending(GOOD), TestService.BIDI).code())
          .isEqualTo(Status.Code.UNAVAILABLE);
      rig.grants.stale(false);

      rig.stream();
    }
  }

  @Test
  void streamAndCall_ofALockedCaller_endUnderAPlainRule() {
    try (GrantedStreams rig = GrantedStreams.of(handler)) {
      rig.server.policies.change(GuardedServer.allowAll());
      ClientEnd client = rig.stream();
      rig.grants.lock(rig.caller);
      assertRefusal(client.end(), RefusalReason.CALLER_LOCKED);
      assertThat(client.code()).isEqualTo(Status.Code.PERMISSION_DENIED);
      assertRefusal(
          ClientEnd.start(rig.server.sending(GOOD), TestService.BIDI).end(),
          RefusalReason.CALLER_LOCKED);
      rig.grants.unlock(rig.caller);

      rig.stream();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "eu/us", "eu,us", "..", "e u"})
  void resourceOfAHeader_thatNamesNoOne_isRefused(String region) {
    try (GrantedStreams rig = GrantedStreams.of(TestService.UNARY, handler)) {
      regional(rig);

      assertRefusal(
          unary(with(rig.server.sending(GOOD), "x-region", region)), RefusalReason.GRANT_REQUIRED);
    }
  }

  @Test
  void resourceOfAHeader_isReadOfExactlyOneValue() {
    try (GrantedStreams rig = GrantedStreams.of(TestService.UNARY, handler)) {
      regional(rig);
      Channel channel = rig.server.sending(GOOD);

      assertThat(code(unary(with(channel, "x-region", "eu")))).isEqualTo(Status.Code.OK);
      assertRefusal(unary(with(channel, "x-region", "eu", "eu")), RefusalReason.GRANT_REQUIRED);
      assertRefusal(unary(channel), RefusalReason.GRANT_REQUIRED);
      assertThat(
              assertRefusal(unary(with(channel, "x-region", "us")), RefusalReason.GRANT_REQUIRED)
                  .getMetadataMap())
          .containsEntry("resource", "orders/us");
    }
  }

  private static void regional(GrantedStreams rig) {
    rig.server.policies.change(
        GrantedStreams.requiring(
            GrantRequirement.of(GrantedStreams.PERMISSION, "orders/{header:x-region}")));
    rig.grants.grant(rig.caller, GrantedStreams.PERMISSION, "orders/eu", HOUR);
  }

  @Test
  void token_twoOfThem_areIgnored() {
    try (GrantedStreams rig = GrantedStreams.of(TestService.UNARY, handler)) {
      rig.grants.token("one", rig.caller, GrantedStreams.PERMISSION, HOUR);
      Channel channel = rig.server.sending(GOOD);
      assertThat(code(unary(with(channel, "rolecall-grant", "one")))).isEqualTo(Status.Code.OK);

      assertRefusal(
          unary(with(channel, "rolecall-grant", "one", "one")), RefusalReason.GRANT_REQUIRED);
      assertRefusal(
          unary(with(channel, "rolecall-grant", "two", "one")), RefusalReason.GRANT_REQUIRED);
      assertThat(rig.grants.shown).containsExactly("one");
    }
  }

  @Test
  void token_handlersContext_hasItsEndAsDeadline() {
    try (GrantedStreams rig = GrantedStreams.of(handler)) {
      rig.grants.token("token", rig.caller, GrantedStreams.PERMISSION, HOUR);
      ClientEnd client =
          ClientEnd.start(
                  with(rig.server.sending(GOOD), "rolecall-grant", "token"), TestService.BIDI)
              .send("hello");
      assertThat(client.first()).isEqualTo("hello");

      assertThat(handler.contexts.element().getDeadline())
          .isNotNull()
          .satisfies(
              deadline ->
                  assertThat(deadline.timeRemaining(TimeUnit.MILLISECONDS))
                      .isBetween(Duration.ofMinutes(55).toMillis(), HOUR.toMillis()));
      assertThat(client.headers().get(GrantHeaders.EXPIRES_AT))
          .asString(US_ASCII)
          .isEqualTo("2026-11-21T23:18:45Z");
      rig.pass(HOUR);
      assertRefusal(client.end(), RefusalReason.GRANT_EXPIRED);
    }
  }

  @Test
  void token_callThatIsOver_leavesNoTimer() {
    try (GrantedStreams rig = GrantedStreams.of(TestService.UNARY, handler)) {
      rig.grants.token("token", rig.caller, GrantedStreams.PERMISSION, HOUR);
      Channel channel = with(rig.server.sending(GOOD), "rolecall-grant", "token");

      for (int i = 0; i < 20; i++) {
        assertThat(code(unary(channel))).isEqualTo(Status.Code.OK);
      }

      // One is the guard's own, for the end that comes first.
      await().untilAsserted(() -> assertThat(rig.scheduler.waiting()).hasSizeLessThanOrEqualTo(1));
    }
  }

  @Test
  void token_handlerThatFailsToStart_leavesNoTimer() {
    try (GrantedStreams rig =
        GrantedStreams.of(
            TestService.UNARY,
            (call, headers) -> {
              throw new IllegalStateException("a handler's bug");
            })) {
      rig.grants.token("token", rig.caller, GrantedStreams.PERMISSION, HOUR);
      Channel channel = with(rig.server.sending(GOOD), "rolecall-grant", "token");

      for (int i = 0; i < 3; i++) {
        assertThat(code(unary(channel))).isEqualTo(Status.Code.UNKNOWN);
      }

      await().untilAsserted(() -> assertThat(rig.scheduler.waiting()).hasSizeLessThanOrEqualTo(1));
    }
  }

  @Test
  void copyOfHeaders_forTheLifeOfACall_hasNoToken() {
    Metadata headers = new Metadata();
    headers.put(GrantHeaders.TOKEN, "secret");
    headers.put(Metadata.Key.of("x-region", Metadata.ASCII_STRING_MARSHALLER), "eu");

    assertThat(MetadataHeaders.READER.copy(headers).keys()).containsExactly("x-region");
  }

  @Test
  void guard_thatIsClosed_closesTheGrants() {
    GrantedStreams rig = GrantedStreams.of(handler);
    rig.close();

    assertThat(rig.grants.closes).hasValue(1);
  }
}
