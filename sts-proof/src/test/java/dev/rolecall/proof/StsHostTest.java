package dev.rolecall.proof;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("attack")
final class StsHostTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "STS.amazonaws.com",
        "sts.amazonaws.com.",
        "sts.amazonaws.com:",
        "a:00001",
        "a:123456",
        "u@a",
        "a/b",
        "a?b",
        "[::1]",
        "\u017fts.amazonaws.com"
      })
  void stsHost_otherForm_isRefused(String text) {
    assertThatThrownBy(() -> StsHost.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
