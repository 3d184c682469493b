package dev.rolecall.benchmarks.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ProcessCpuTest {

  @Test
  void userAndSystemTime_areAdded() {
    assertThat(ProcessCpu.parse("9 (java) S 1 9 9 0 -1 4194304 1 2 3 4 25 17 0 0 20 0 30 0 5"))
        .isEqualTo(420_000_000);
  }

  @Test
  void programWithBlanksAndParentheses_isRead() {
    assertThat(ProcessCpu.parse("9 (a) b (c) S 1 9 9 0 -1 4194304 1 2 3 4 1 2 0 0 20 0 30 0 5"))
        .isEqualTo(30_000_000);
  }

  @Test
  void shortLine_isRefused() {
    assertThatThrownBy(() -> ProcessCpu.parse("9 (java) S 1"))
        .hasMessage("stat: 2 fields (expected: more than 12)");
  }
}
