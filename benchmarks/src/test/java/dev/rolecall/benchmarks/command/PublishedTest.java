package dev.rolecall.benchmarks.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.benchmarks.results.Publication;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PublishedTest {

  @Test
  void resultsTableAndPicture_ofThisCheckout_sayTheSame() throws IOException {
    assertThat(new Publication(Path.of(".."), Benchmarks.NAMES).isConsistent()).isTrue();
  }
}
