package dev.rolecall.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every input of the corpus on every target, in this JVM and without Jazzer: what was once found
 * stays found, on any platform.
 */
class CorpusTest {

  private static final AtomicLong TRIED = new AtomicLong();

  @ParameterizedTest
  @EnumSource
  void corpus_onEveryTarget_isWhatTheJudgeSays(FuzzTarget target) {
    List<Path> inputs = Corpus.inputs(target);

    assertThat(inputs).hasSizeGreaterThan(5);
    for (Path input : inputs) {
      byte[] bytes = Corpus.bytes(input);
      for (FuzzTarget each : FuzzTarget.values()) {
        TRIED.incrementAndGet();
        assertThatCode(() -> each.tryOn(bytes))
            .as(each + " on " + input)
            .doesNotThrowAnyException();
      }
    }
  }

  @AfterAll
  static void printCount() {
    System.out.printf("corpus: %,d inputs tried, 0 findings%n", TRIED.get());
  }
}
