package dev.rolecall.tests.observability;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.rolecall.tests.checkout.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prometheus's own tool judges the alert rules, and when they fire. */
final class AlertRulesTest {

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "check rules, observability/alerts.yaml",
    "check config, observability/prometheus.yaml",
    "test rules, observability/alerts-test.yaml",
    "test rules, observability/alerts-migration-test.yaml",
    "test rules, observability/alerts-proxy-test.yaml"
  })
  void promtool_onTheFile_findsNothingWrong(String command, String file) throws Exception {
    String said = promtool(command + " " + Checkout.path(file));

    assertThat(said).contains("SUCCESS").doesNotContain("FAILED");
  }

  private String promtool(String arguments) throws IOException, InterruptedException {
    Path output = directory.resolve("output");
    Process promtool;
    try {
      promtool =
          new ProcessBuilder(("promtool " + arguments).split(" ", -1))
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
    } catch (IOException e) {
      return abort(PrometheusServer.HOW_TO_GET_IT);
    }
    assertThat(promtool.waitFor(2, TimeUnit.MINUTES)).isTrue();
    String said = Files.readString(output, UTF_8);
    assertThat(promtool.exitValue()).as(said).isZero();
    return said;
  }

  @Test
  void alerts_areThoseOfTheDocs() {
    String docs = Checkout.text(DocumentedMetrics.DOCUMENT);

    assertThat(Queries.alerts())
        .hasSizeGreaterThanOrEqualTo(4)
        .allSatisfy(alert -> assertThat(docs).contains("| `" + alert.of() + "` |"));
    assertThat(docs.lines().filter(line -> line.startsWith("| `Rolecall")))
        .hasSameSizeAs(Queries.alerts());
  }
}
