package dev.rolecall.guard;

import static dev.rolecall.guard.GrantedStreams.HOUR;
import static dev.rolecall.guard.GrantedStreams.NANO;
import static dev.rolecall.guard.GrantedStreams.SECOND;
import static dev.rolecall.guard.Refusals.assertRefusal;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.rpc.ErrorInfo;
import dev.rolecall.access.audit.AuditOutcome;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.RuleName;
import dev.rolecall.policy.grant.PermissionName;
import io.grpc.Context;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Invariant I5: a stream ends at its grant's end, whenever it was opened. */
@Tag("attack")
final class StreamEndsWithItsGrantTest {

  private final EchoHandler handler = new EchoHandler();

  @Test
  void stream_openedJustBeforeTheEnd_endsAtTheVeryEnd() {
    try (GrantedStreams rig = GrantedStreams.of(handler)) {
      rig.grant(HOUR);
      rig.pass(HOUR.minus(SECOND));
      ClientEnd client = rig.stream();
      rig.pass(SECOND.minus(NANO));
      assertThat(rig.echoes(client, "still here")).isTrue();
      rig.pass(NANO);

      ErrorInfo info = assertRefusal(client.end(), RefusalReason.GRANT_EXPIRED);
      assertThat(Status.fromThrowable(client.end()).getCode())
          .isEqualTo(Status.Code.PERMISSION_DENIED);
      assertThat(info.getMetadataMap())
          .containsEntry("permission", "orders-admin")
          .containsEntry("howToAsk", "ask for orders-admin");
      assertThat(handler.last()).isEqualTo("cancel");
      assertThat(rig.server.records(2).get(1).outcome())
          .isEqualTo(
              new AuditOutcome.Ended(
                  RefusalReason.GRANT_EXPIRED,
                  Optional.of(RuleName.parse("by grant")),
                  Optional.of(PermissionName.of("orders-admin"))));
    }
  }

  @Test
  void streams_openedAtDifferentTimes_endTogether() {
    try (GrantedStreams rig = GrantedStreams.of(handler)) {
      rig.grant(HOUR);
      List<ClientEnd> clients = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        clients.add(rig.stream());
        rig.pass(HOUR.dividedBy(5));
      }
      assertThat(clients).noneMatch(ClientEnd::isOver);
      rig.pass(HOUR.dividedBy(5));

      clients.forEach(each -> assertRefusal(each.end(), RefusalReason.GRANT_EXPIRED));
    }
  }

  @Test
  void stream_afterCallsThatNeededNoWalk_hasItsOwnTimer() {
    try (GrantedStreams rig = GrantedStreams.of(handler)) {
      rig.grant(HOUR);
      ClientEnd first = rig.stream();
      first.halfClose();
      assertThat(first.code()).isEqualTo(Status.Code.OK);
      // The timer that the first stream set runs for nothing. A later grant needs another.
      rig.pass(HOUR);
      rig.grant(HOUR.plus(SECOND));
      ClientEnd second = rig.stream();
      rig.pass(HOUR.plus(SECOND));

      assertRefusal(second.end(), RefusalReason.GRANT_EXPIRED);
    }
  }

  @Test
  void stream_whoseGrantGetsAnEarlierEnd_endsThen() {
    try (GrantedStreams rig = GrantedStreams.of(handler)) {
      FakeGrants.Grant grant = rig.grant(HOUR);
      ClientEnd client = rig.stream();
      grant.extend(SECOND);
      rig.pass(SECOND.minus(NANO));
      assertThat(rig.echoes(client, "still here")).isTrue();
      rig.pass(NANO);

      assertRefusal(client.end(), RefusalReason.GRANT_EXPIRED);
    }
  }

  @Test
  void stream_wallClockAnHourOffEitherWay_endsByTheTicker() {
    for (Duration step : List.of(HOUR, HOUR.negated())) {
      try (GrantedStreams rig = GrantedStreams.of(new EchoHandler())) {
        rig.grant(HOUR);
        ClientEnd client = rig.stream();
        rig.time.setClock(rig.time.instant().plus(step));
        rig.pass(HOUR.minus(NANO));
        assertThat(rig.echoes(client, "still here")).as("step %s", step).isTrue();
        rig.pass(NANO);

        assertRefusal(client.end(), RefusalReason.GRANT_EXPIRED);
      }
    }
  }

  @Test
  void endedStream_hasItsContextCancelledForTheReason() {
    try (GrantedStreams rig = GrantedStreams.of(handler)) {
      rig.grant(HOUR);
      ClientEnd client = rig.stream();
      Context context = handler.contexts.element();
      assertThat(context.getDeadline()).as("the grant may be extended").isNull();
      CompletableFuture<Status> cancelled = new CompletableFuture<>();
      context.addListener(
          ended -> cancelled.complete(Status.fromThrowable(ended.cancellationCause())),
          Runnable::run);
      rig.pass(HOUR);

      assertRefusal(client.end(), RefusalReason.GRANT_EXPIRED);
      assertThat(cancelled.orTimeout(2, TimeUnit.MINUTES).join().getCode())
          .isEqualTo(Status.Code.PERMISSION_DENIED);
    }
  }

  @Test
  void answer_underAGrant_saysWhenItEnds() {
    try (GrantedStreams rig = GrantedStreams.of(handler)) {
      rig.grant(HOUR);

      assertThat(rig.stream().headers().getAll(GrantHeaders.EXPIRES_AT))
          .containsExactly("2026-11-21T23:18:45Z".getBytes(US_ASCII));
    }
  }

  @Test
  void answer_underAPlainRule_saysNothingOfAnEnd() {
    try (GrantedStreams rig = GrantedStreams.of(handler)) {
      rig.server.policies.change(GuardedServer.allowAll());

      assertThat(rig.stream().headers().containsKey(GrantHeaders.EXPIRES_AT)).isFalse();
    }
  }

  @Test
  void stream_whenTheGrantsThrow_endsAtTheEndThatWasKnown() {
    try (GrantedStreams rig = GrantedStreams.of(handler)) {
      rig.grant(HOUR);
      ClientEnd client = rig.stream();
      rig.grants.fail(new IllegalStateException("the test's"));
      rig.pass(HOUR.minus(NANO));
      assertThat(rig.echoes(client, "still here")).isTrue();
      assertThat(ClientEnd.start(rig.server.sending(GrantedStreams.GOOD), TestService.BIDI).code())
          .as("a new call is a defect")
          .isEqualTo(Status.Code.INTERNAL);
      rig.pass(NANO);

      assertRefusal(client.end(), RefusalReason.GRANT_EXPIRED);
    }
  }

  @Test
  void stream_openedWhileItsGrantIsRevoked_ends() {
    try (GrantedStreams rig = GrantedStreams.of(handler)) {
      FakeGrants.Grant grant = rig.grant(HOUR);
      rig.stream();
      // After the connection's memory has said yes, and before the call is among the live ones.
      rig.grants.afterTheNextYes(grant::revoke);
      ClientEnd client = ClientEnd.start(rig.server.sending(GrantedStreams.GOOD), TestService.BIDI);

      // No time passes: the news came when no walk could see the call.
      assertRefusal(client.end(), RefusalReason.GRANT_REVOKED);
    }
  }

  @Test
  void stream_ofAPlainRuleOpenedWhileItsCallerIsLocked_ends() {
    try (GrantedStreams rig = GrantedStreams.of(handler)) {
      rig.server.policies.change(GuardedServer.allowAll());
      rig.grants.afterTheNextNoLock(() -> rig.grants.lock(rig.caller));
      ClientEnd client = ClientEnd.start(rig.server.sending(GrantedStreams.GOOD), TestService.BIDI);

      // No time passes here either.
      assertRefusal(client.end(), RefusalReason.CALLER_LOCKED);
      // It was admitted before. The end may come first to the client.
      await().until(() -> handler.calls.size() == 1);
    }
  }
}
