package dev.rolecall.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ShellWordTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:iam::111122223333:role/checkout",
        "/a.B/C",
        "$(id)",
        "`id`",
        "a;id",
        "it's",
        "'; id; '",
        "a b",
        "*",
        "~",
        "#x",
        "a|b>c",
        "\"",
        "\\"
      })
  void of_anyText_isReadBackAsOneWord(String text) throws Exception {
    Process shell =
        new ProcessBuilder("sh", "-c", "printf '%s|' " + ShellWord.of(text))
            .redirectErrorStream(true)
            .start();

    assertThat(new String(shell.getInputStream().readAllBytes(), UTF_8)).isEqualTo(text + "|");
    assertThat(shell.waitFor()).isZero();
  }
}
