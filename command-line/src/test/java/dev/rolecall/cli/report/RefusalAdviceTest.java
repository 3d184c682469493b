package dev.rolecall.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.RefusalReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nobody is told no without being told what to do. */
final class RefusalAdviceTest {

  @ParameterizedTest
  @EnumSource(RefusalReason.class)
  void refusal_hasAdvice(RefusalReason reason) {
    assertThat(RefusalAdvice.on(reason)).isNotBlank();
  }

  @ParameterizedTest
  @EnumSource(RefusalReason.class)
  void refusal_hasAHeadingInTroubleshooting(RefusalReason reason) throws IOException {
    assertThat(Files.readString(Path.of("../docs/troubleshooting.md")))
        .contains("\n### " + reason.name() + "\n`" + reason.description() + "` (`");
  }
}
