package dev.rolecall.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CallsTest {

  @Test
  void text_isReadAgain() {
    Calls calls = new Calls(3, 7_000);

    assertThat(Calls.parse(calls.text())).isEqualTo(calls);
  }

  @Test
  void sum_hasTheMeanTimeOfAllCalls() {
    assertThat(new Calls(1, 1_000).plus(new Calls(3, 7_000)).microsEach()).isEqualTo(2);
  }
}
