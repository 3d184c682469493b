package dev.rolecall.benchmarks.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.benchmarks.Figures;
import dev.rolecall.benchmarks.Run;
import dev.rolecall.benchmarks.Table;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultsPageTest {

  private static final List<String> ORDER = List.of("wire", "load");

  private final Run run =
      new Run(false, new Figures(), new PrintStream(OutputStream.nullOutputStream()));

  private static ResultsPage empty() {
    return ResultsPage.read("", ORDER);
  }

  private Measured load(double ratio) {
    Run again = new Run(false, new Figures(), run.out());
    again.figures().add("calls_per_second_ratio", ratio);
    return new Measured("load", "on this machine", again);
  }

  @Test
  void figures_areReadBackFromThePage() {
    run.figures().add("server_cpu_ratio", 1.0314);
    run.figures().add("wire_bytes_added", 1);
    run.figures().add("client_alloc_added_bytes", -12.34);
    run.figures().add("bytes_per_cached_caller", 1_234.5);

    ResultsPage page = empty().with(17, new Measured("load", "on this machine", run));

    assertThat(ResultsPage.read(page.text(), ORDER).figures())
        .isEqualTo(
            Map.of(
                17,
                Map.of(
                    "server_cpu_ratio", 1.031,
                    "wire_bytes_added", 1.0,
                    "client_alloc_added_bytes", -12.3,
                    "bytes_per_cached_caller", 1_235.0)));
  }

  @Test
  void resultsOfASuite_replaceItsLastOnesOfTheSameJdkAlone() {
    ResultsPage page = empty().with(17, load(0.91)).with(25, load(0.92)).with(17, load(0.93));

    assertThat(page.figures())
        .isEqualTo(
            Map.of(
                17, Map.of("calls_per_second_ratio", 0.93),
                25, Map.of("calls_per_second_ratio", 0.92)));
  }

  @Test
  void suites_standInTheirOrder_whicheverWasMeasuredFirst() {
    String text =
        empty().with(25, load(1)).with(17, load(1)).with(17, new Measured("wire", "", run)).text();

    assertThat(text)
        .containsSubsequence("## JDK 17", "### wire", "### load", "## JDK 25", "### load");
  }

  @Test
  void page_readAndWrittenAgain_isTheSame() {
    String text = empty().with(17, load(0.91)).with(17, new Measured("wire", "", run)).text();

    assertThat(ResultsPage.read(text, ORDER).text()).isEqualTo(text);
  }

  @Test
  void section_saysWhetherTargetsAreReached_andWhatIsInDoubt() {
    run.figures().add("calls_per_second_ratio", 0.94);
    run.figures().add("server_cpu_ratio", 1.05);
    run.figures().add("of_no_target", 3);
    run.show(new Table("bytes", List.of("proof", "later"), List.of(List.of("none", "17"))));
    run.doubt("too noisy");

    assertThat(new Measured("load", "on this machine", run).markdown())
        .contains("| `calls_per_second_ratio` | 0.940 | at least 0.95 | **no** |")
        .contains("| `server_cpu_ratio` | 1.050 | at most 1.05 | yes |")
        .contains("| `of_no_target` | 3 |  |  |")
        .contains("**Inconclusive**: too noisy.")
        .contains("Bytes:\n\n| proof | later |");
  }
}
