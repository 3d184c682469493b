package dev.rolecall.guard;

import static dev.rolecall.guard.GrantedStreams.HOUR;
import static dev.rolecall.guard.GrantedStreams.NANO;
import static dev.rolecall.guard.Refusals.assertRefusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.RefusalReason;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Invariant I7: an extension goes on with the same stream, at the price of one timer. */
@Tag("attack")
final class ExtendedGrantTest {

  private final EchoHandler handler = new EchoHandler();

  @Test
  void stream_extendedBeforeItsEnd_isTheSameStream_withOneTimer() {
    try (GrantedStreams rig = GrantedStreams.of(handler)) {
      FakeGrants.Grant grant = rig.grant(HOUR);
      ClientEnd client = rig.stream();
      assertThat(rig.scheduler.waiting()).containsExactly(HOUR);
      rig.pass(HOUR.dividedBy(2));
      grant.extend(HOUR.multipliedBy(2));
      rig.pass(HOUR);
      assertThat(rig.echoes(client, "still here")).isTrue();
      assertThat(rig.scheduler.waiting()).containsExactly(HOUR);
      rig.pass(HOUR.minus(NANO));
      assertThat(rig.echoes(client, "nearly over")).isTrue();
      rig.pass(NANO);

      assertRefusal(client.end(), RefusalReason.GRANT_EXPIRED);
      assertThat(handler.events).filteredOn("start"::equals).hasSize(1);
      assertThat(rig.scheduler.waiting()).isEmpty();
    }
  }

  @Test
  void stream_extendedAfterItsEnd_hasEndedAllTheSame() {
    try (GrantedStreams rig = GrantedStreams.of(handler)) {
      FakeGrants.Grant grant = rig.grant(HOUR);
      ClientEnd client = rig.stream();
      rig.pass(HOUR);
      grant.extend(HOUR);

      assertRefusal(client.end(), RefusalReason.GRANT_EXPIRED);
      rig.stream();
    }
  }

  @Test
  void stream_extendedAfterARevocation_hasEndedAllTheSame() {
    try (GrantedStreams rig = GrantedStreams.of(handler)) {
      FakeGrants.Grant grant = rig.grant(HOUR);
      ClientEnd client = rig.stream();
      grant.revoke();
      grant.extend(HOUR.plus(Duration.ofHours(1)));

      assertRefusal(client.end(), RefusalReason.GRANT_REVOKED);
    }
  }
}
