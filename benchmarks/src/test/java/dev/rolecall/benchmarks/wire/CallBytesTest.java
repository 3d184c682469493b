package dev.rolecall.benchmarks.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallBytesTest {

  private static final CallBytes WITHOUT = new CallBytes(List.of(140L, 17L, 17L), 1);

  @Test
  void laterCalls_areThoseAfterEachCallersFirst() {
    CallBytes bytes = new CallBytes(List.of(1_000L, 900L, 20L, 18L), 2);

    assertThat(bytes.ofFirst()).isEqualTo(1_000);
    assertThat(bytes.ofLater()).isEqualTo(19);
  }

  @Test
  void proofSentWhole_isTold_fromOneThatIsAnIndex() {
    assertThat(new CallBytes(List.of(1_151L, 18L, 1_029L, 18L, 19L), 1).resent(WITHOUT))
        .isEqualTo(0.25);
    assertThat(WITHOUT.resent(WITHOUT)).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 4})
  void callsWithoutAFirstOrALater_areRefused(int first) {
    assertThatThrownBy(() -> new CallBytes(List.of(1L, 2L, 3L), first))
        .hasMessage("first calls: " + first + " (expected: 1 to 2)");
  }
}
