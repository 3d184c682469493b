package dev.rolecall.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rolecall.access.internal.time.AccessTime;
import dev.rolecall.access.scheme.FakeScheme;
import dev.rolecall.identity.Caller;
import dev.rolecall.testsupport.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamLifetimeTest {

  private static final Duration LIFE = Duration.ofMinutes(15);
  private static final Duration BEFORE = Duration.ofMinutes(10);

  private final ManualTime manual = new ManualTime();
  private final AccessTime time = new AccessTime(manual, manual::nanos);
  private final Caller caller = FakeScheme.caller("checkout", ManualTime.START.plus(LIFE));

  @Test
  void proofAnd_endsSoLongAfterTheCredential_byEitherTime() {
    assertEnds(StreamLifetime.proofAnd(Duration.ofMinutes(1)), LIFE.plusMinutes(1));
  }

  @Test
  void atMost_endsSoLongAfterTheStart_byEitherTime() {
    assertEnds(StreamLifetime.atMost(Duration.ofHours(1)), BEFORE.plusHours(1));
  }

  /** Checks the end of a call that starts ten minutes after its credential was first seen. */
  private void assertEnds(StreamLifetime lifetime, Duration sinceSeen) {
    long lapse = time.lapseOf(caller);
    manual.advance(BEFORE);
    assertThat(lifetime.endMillis(caller, time.millis()))
        .isEqualTo(ManualTime.START.plus(sinceSeen).toEpochMilli());
    assertThat(lifetime.endElapsed(caller, lapse, time)).isEqualTo(sinceSeen.toNanos());
  }

  @Test
  void unlimited_neverEnds() {
    StreamLifetime unlimited = StreamLifetime.unsafeUnlimitedAfterTheProofLapses();
    assertThat(unlimited.endMillis(caller, time.millis())).isEqualTo(Long.MAX_VALUE);
    assertThat(unlimited.endElapsed(caller, time.lapseOf(caller), time))
        .isEqualTo(AccessTime.NEVER);
  }

  @Test
  void boundaries_areAccepted() {
    Duration year = Duration.ofDays(365);
    assertThat(StreamLifetime.proofAnd(Duration.ZERO))
        .hasToString("StreamLifetime[the proof's and PT0S]");
    assertThat(StreamLifetime.proofAnd(year))
        .hasToString("StreamLifetime[the proof's and PT8760H]");
    assertThat(StreamLifetime.atMost(Duration.ofMillis(1)))
        .hasToString("StreamLifetime[at most PT0.001S]");
    assertThat(StreamLifetime.atMost(year)).hasToString("StreamLifetime[at most PT8760H]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-PT0.001S", "PT8760H0.001S"})
  void grace_outOfRange_isRefused(Duration grace) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StreamLifetime.proofAnd(grace))
        .withMessage("grace: " + grace + " (expected: PT0S to PT8760H)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "-PT1S", "PT8760H0.001S"})
  void atMost_outOfRange_isRefused(Duration duration) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StreamLifetime.atMost(duration))
        .withMessage("duration: " + duration + " (expected: PT0.001S to PT8760H)");
  }
}
