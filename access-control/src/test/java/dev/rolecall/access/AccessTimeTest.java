package dev.rolecall.access;

import static org.assertj.core.api.Assertions.assertThat;

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
    var caller = Checkout.caller();
    long lapse = time.lapseOf(caller);
    assertThat(lapse).isEqualTo(Checkout.CREDENTIAL_LIFE.toNanos());

    ManualTime back = new ManualTime();
    AccessTime other = new AccessTime(back, nanos::get);
    assertThat(other.lapseOf(caller)).isEqualTo(lapse);
    back.advance(Duration.ofMinutes(-5));

    assertThat(other.lapseOf(caller)).isEqualTo(lapse);
  }
}
