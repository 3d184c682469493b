package dev.rolecall.tests.observability;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rolecall.tests.checkout.Checkout;
import dev.rolecall.tests.fixture.Patience;
import dev.rolecall.testsupport.Termination;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A Prometheus of this machine, on a free port, that scrapes once a second. */
final class PrometheusServer implements AutoCloseable {

  static final String HOW_TO_GET_IT =
      "Prometheus is not installed: apt-get install prometheus, which also has promtool";

  private static final Pattern LISTENING =
      Pattern.compile("msg=\"Listening on\" address=(127\\.0\\.0\\.1:\\d+)");

  private final Process process;
  private final String address;
  private final HttpClient http = HttpClient.newHttpClient();

  private PrometheusServer(Process process, String address) {
    this.process = process;
    this.address = address;
  }

  /**
   * Starts one with the alert rules; empty where it is not installed.
   *
   * @param targets where to scrape, by job
   */
  static Optional<PrometheusServer> start(Path directory, Map<String, URI> targets)
      throws IOException {
    String jobs =
        targets.entrySet().stream()
            .map(
                job ->
                    "  - {job_name: %s, static_configs: [{targets: ['%s']}]}%n"
                        .formatted(job.getKey(), job.getValue().getAuthority()))
            .collect(Collectors.joining());
    Path configuration =
        Files.writeString(
            directory.resolve("prometheus.yaml"),
            "global: {scrape_interval: 1s, evaluation_interval: 1s}%nrule_files: ['%s']%nscrape_configs:%n%s"
                .formatted(Checkout.path(Queries.ALERTS), jobs));
    Process process;
    try {
      process =
          new ProcessBuilder(
                  "prometheus",
                  "--config.file=" + configuration,
                  "--storage.tsdb.path=" + directory.resolve("tsdb"),
                  "--web.listen-address=127.0.0.1:0")
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("prometheus.log").toFile())
              .start();
    } catch (IOException e) {
      // There is no such program.
      return Optional.empty();
    }
    Path log = directory.resolve("prometheus.log");
    try {
      Patience.await().until(() -> listening(log).isPresent() || !process.isAlive());
      return Optional.of(new PrometheusServer(process, listening(log).orElseThrow()));
    } catch (RuntimeException | Error e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private static Optional<String> listening(Path log) throws IOException {
    return LISTENING
        .matcher(Files.readString(log))
        .results()
        .map((MatchResult found) -> found.group(1))
        .findFirst();
  }

  /** The values of what that expression gives now. */
  List<Double> query(String expression) throws IOException, InterruptedException {
    Map<?, ?> data = data("query?query=" + URLEncoder.encode(expression, UTF_8));
    return Tree.maps(data.get("result")).stream()
        .map(series -> Double.valueOf(String.valueOf(Tree.list(series.get("value")).get(1))))
        .toList();
  }

  /** The names of the alerts that are pending or firing. */
  List<String> alerts() throws IOException, InterruptedException {
    return Tree.maps(data("alerts").get("alerts")).stream()
        .map(alert -> String.valueOf(Tree.map(alert.get("labels")).get("alertname")))
        .toList();
  }

  private Map<?, ?> data(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create("http://" + address + "/api/v1/" + path)).build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() == 503) {
      // It listens before its storage is open.
      throw new IOException(path + ": " + answer.body());
    }
    if (answer.statusCode() != 200) {
      throw new AssertionError(path + ": " + answer.body());
    }
    return Tree.map(Tree.read(answer.body()).get("data"));
  }

  @Override
  public void close() {
    Termination.of(process);
  }
}
