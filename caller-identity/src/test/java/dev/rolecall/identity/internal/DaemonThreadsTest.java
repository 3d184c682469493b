package dev.rolecall.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DaemonThreadsTest {

  @Test
  void newThread_isADaemonNumberedFromOne() {
    DaemonThreads threads = new DaemonThreads("rolecall-test-");

    assertThat(threads.newThread(() -> {}).getName()).isEqualTo("rolecall-test-1");
    Thread second = threads.newThread(() -> {});
    assertThat(second.getName()).isEqualTo("rolecall-test-2");
    assertThat(second.isDaemon()).isTrue();
  }
}
