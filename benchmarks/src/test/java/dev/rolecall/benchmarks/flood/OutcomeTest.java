package dev.rolecall.benchmarks.flood;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutcomeTest {

  private final Attackers.Outcome outcome = new Attackers.Outcome(2.5, 100, 30, 60, 12_345);

  @Test
  void outcome_survivesItsWayBetweenProcesses() {
    assertThat(Attackers.Outcome.parse(outcome.text())).isEqualTo(outcome);
  }

  @Test
  void callsToldNeither_areCountedAsOthers() {
    assertThat(outcome.others()).isEqualTo(10);
    assertThat(outcome.perSecond()).isEqualTo(40);
  }
}
