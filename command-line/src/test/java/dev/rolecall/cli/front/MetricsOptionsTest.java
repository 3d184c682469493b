package dev.rolecall.cli.front;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.cli.CommandRun;
import dev.rolecall.cli.terminal.ExitStatus;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of the addresses at which metrics may be read, and of the options that are refused. */
final class MetricsOptionsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          serve --expose-metrics-to-network --audience orders --policy f | only with --metrics-port
          serve --metrics-port 65536 --audience orders --policy f        | --metrics-port: cannot listen on 127.0.0.1:65536
          serve --metrics-port x --audience orders --policy f            | Invalid value for option '--metrics-port': x (expected: a whole number)
          serve --policy-period PT0S --audience orders --policy f        | --policy-period: period: PT0S (expected: PT0.1S to PT24H)
          """)
  void usage_wrong_isToldAndExitsTwo(String arguments, String complaint) {
    CommandRun run = CommandRun.of(arguments.strip().split(" ", -1));

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.err()).contains(complaint.strip());
    assertThat(run.out()).isEmpty();
  }

  @Test
  void serve_takenMetricsPort_saysSo() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CommandRun run =
          CommandRun.of(
              "serve",
              "--metrics-port",
              Integer.toString(taken.getLocalPort()),
              "--audience",
              "orders",
              "--policy",
              "f");

      assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
      assertThat(run.err()).contains("cannot listen on 127.0.0.1:" + taken.getLocalPort());
    }
  }

  @Test
  void servedMetrics_onAnyFreePort_tellWhereAndAreRead() throws Exception {
    try (ServedMetrics metrics = ServedMetrics.on("127.0.0.1", 0)) {
      metrics.telemetry().getMeter("test").counterBuilder("test.calls").build().add(3);
      URI url = URI.create(metrics.url().orElseThrow());
      assertThat(url.getPort()).isPositive();

      assertThat(
              HttpClient.newHttpClient()
                  .send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString())
                  .body())
          .contains("test_calls_total{otel_scope_name=\"test\"} 3.0");
    }
  }
}
