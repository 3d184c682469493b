package dev.rolecall.guard;

import static dev.rolecall.guard.GrantedStreams.HOUR;
import static dev.rolecall.guard.GrantedStreams.NANO;
import static dev.rolecall.guard.Refusals.assertRefusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.RefusalReason;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Invariant I6: access is the union of grants, until the latest end of those that hold. */
@Tag("attack")
final class UnionOfGrantsTest {

  @Test
  void stream_oneOfTwoGrantsEnds_goesOnUntilTheOtherDoes() {
    try (GrantedStreams rig = GrantedStreams.of(new EchoHandler())) {
      rig.grant(HOUR);
      rig.grant(HOUR.multipliedBy(2));
      ClientEnd client = rig.stream();
      rig.pass(HOUR.multipliedBy(2).minus(NANO));
      assertThat(rig.echoes(client, "still here")).isTrue();
      rig.pass(NANO);

      assertRefusal(client.end(), RefusalReason.GRANT_EXPIRED);
    }
  }

  @Test
  void stream_oneOfTwoGrantsIsRevoked_goesOnUntilTheOtherIs() {
    try (GrantedStreams rig = GrantedStreams.of(new EchoHandler())) {
      FakeGrants.Grant one = rig.grant(HOUR);
      FakeGrants.Grant other = rig.grant(HOUR.multipliedBy(2));
      ClientEnd client = rig.stream();
      other.revoke();
      assertThat(rig.echoes(client, "still here")).isTrue();
      one.revoke();

      assertRefusal(client.end(), RefusalReason.GRANT_REVOKED);
    }
  }

  @Test
  void stream_secondGrantGivenLater_carriesOnAtTheFirstEnd() {
    try (GrantedStreams rig = GrantedStreams.of(new EchoHandler())) {
      rig.grant(HOUR);
      ClientEnd client = rig.stream();
      rig.grant(HOUR.multipliedBy(2));
      rig.pass(HOUR);
      assertThat(rig.echoes(client, "still here")).isTrue();
      rig.pass(HOUR);

      assertRefusal(client.end(), RefusalReason.GRANT_EXPIRED);
    }
  }

  @Test
  void stream_policyThatNeedsNoGrantAnyMore_outlivesItsGrant() {
    try (GrantedStreams rig = GrantedStreams.of(new EchoHandler())) {
      rig.grant(HOUR);
      ClientEnd client = rig.stream();
      rig.server.policies.change(GuardedServer.allowAll());
      rig.pass(HOUR.multipliedBy(2));

      assertThat(rig.echoes(client, "still here")).isTrue();
    }
  }
}
