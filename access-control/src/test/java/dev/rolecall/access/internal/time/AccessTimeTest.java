package dev.rolecall.access.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.ApiClient;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Evidence;
import dev.rolecall.testsupport.ManualTime;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("attack")
final class AccessTimeTest {

  private final AtomicLong nanos = new AtomicLong();

  @Test
  void credentialSeenAgainElsewhere_gainsNothing_whenTheClockWasSetBack() {
    AccessTime time = new AccessTime(new ManualTime(), nanos::get);
    Duration life = Duration.ofMinutes(15);
    Caller caller =
        Caller.of(
            new ApiClient("ci"),
            Evidence.of("api-key", Evidence.Carrier.CALL_METADATA),
            ManualTime.START.plus(life));
    long lapse = time.lapseOf(caller);
    assertThat(lapse).isEqualTo(life.toNanos());

    ManualTime back = new ManualTime();
    AccessTime other = new AccessTime(back, nanos::get);
    assertThat(other.lapseOf(caller)).isEqualTo(lapse);
    back.advance(Duration.ofMinutes(-5));

    assertThat(other.lapseOf(caller)).isEqualTo(lapse);
  }
}
