package dev.rolecall.tests.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.Duration;
import dev.rolecall.client.IamCallCredentials;
import dev.rolecall.grants.v1.AccessRequest;
import dev.rolecall.grants.v1.AccessServiceGrpc;
import dev.rolecall.grants.v1.AccessServiceGrpc.AccessServiceBlockingStub;
import dev.rolecall.grants.v1.Decision;
import dev.rolecall.grants.v1.IssueGrantTokenRequest;
import dev.rolecall.grants.v1.RequestAccessRequest;
import dev.rolecall.grants.v1.ReviewAccessRequest;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.tests.fixture.Patience;
import dev.rolecall.tests.fixture.SeenRefusal;
import dev.rolecall.tests.secrets.OutputKind;
import dev.rolecall.testsupport.ClosedPort;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The metrics of a running {@code rolecall access serve --metrics-port} are those that the docs
 * list, both ways, and what the dashboard and the alerts of access for a time ask for.
 */
@Timeout(300)
final class AccessMetricsTest {

  private static final String BATCH = "arn:aws:iam::111122223333:role/batch";
  private static final String LEAD = "arn:aws:iam::111122223333:role/lead";
  private static final String RULES =
      """
      rules:
        - permission: orders-admin
          requesters: [{role: "%s"}]
          reviewers: [{role: "%s"}]
          max_duration: 4h
      enforcers: ["arn:aws:iam::111122223333:role/orders"]
      """
          .formatted(BATCH, LEAD);

  private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (rolecall_access_\\w+) (\\w+)$");
  private static final Pattern SERIES = Pattern.compile("(?m)^(rolecall_access_\\w+)\\{(.*)\\} ");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  private static final String OF_HISTOGRAMS = "_(?:bucket|sum|count)$";

  @RegisterExtension final Bench bench = new Bench();

  @TempDir Path directory;

  /** A running node. */
  private record Node(ManagedChannel channel, URI metrics) {}

  @Test
  void scrape_ofANode_hasWhatTheDocsListAndTheQueriesAskFor() throws Exception {
    Node node = serve();
    AccessRequest asked =
        as(node, BATCH)
            .requestAccess(
                RequestAccessRequest.newBuilder()
                    .setPermission("orders-admin")
                    .setDuration(Duration.newBuilder().setSeconds(3_600))
                    .setReason("INC-42")
                    .build());
    as(node, LEAD)
        .reviewAccess(
            ReviewAccessRequest.newBuilder()
                .setId(asked.getId())
                .setDecision(Decision.DENY)
                .setReason("not today")
                .build());
    Throwable refused =
        catchThrowable(
            () ->
                as(node, BATCH)
                    .issueGrantToken(
                        IssueGrantTokenRequest.newBuilder().setGrantId("grant-none").build()));
    assertThat(SeenRefusal.of(refused).reason()).isEqualTo("GRANT_NOT_FOUND");

    // An event is counted, and the statistics of the store are read, a moment later.
    Patience.await()
        .until(() -> scrape(node.metrics()).contains("rolecall_access_review_wait_seconds_count{"));
    String scrape = scrape(node.metrics());
    assertThat(kindsAndNames(scrape))
        .containsExactlyInAnyOrderElementsOf(
            DocumentedMetrics.all().stream()
                .filter(DocumentedMetrics.Metric::isOfAccess)
                .map(metric -> metric.kind() + " " + metric.inPrometheus())
                .toList());
    assertThat(scrape)
        .containsPattern("rolecall_access_tokens_total\\{.*result=\"refused\".*} 1")
        .containsPattern("rolecall_access_events_total\\{kind=\"request.denied\".*} 1");
    assertThatValuesAreDocumented(scrape);
    assertThatQueriesAreAnswered(scrape);
  }

  private Node serve() throws Exception {
    Path certificate = directory.resolve("access.pem");
    ServeRun run =
        bench.closing(
            ServeRun.start(
                List.of(
                    "access",
                    "serve",
                    "--port",
                    "0",
                    "--metrics-port",
                    "0",
                    "--rules",
                    file("rules.yaml", RULES),
                    "--data",
                    directory.resolve("data").toString(),
                    "--webhook-url-file",
                    file("address", "http://127.0.0.1:" + ClosedPort.any() + "/hook"),
                    "--webhook-secret-file",
                    file("secret", "0123456789abcdef0123456789abcdef"),
                    "--write-cert",
                    certificate.toString(),
                    "--sts",
                    bench.sts().endpoint().toString())));
    String first = run.line();
    assertThat(first).startsWith("serving access on 127.0.0.1:");
    assertThat(run.line()).endsWith("1 permissions");
    assertThat(run.line()).startsWith("  data in ");
    String last = run.line();
    assertThat(last).startsWith("  metrics at http://127.0.0.1:");
    ManagedChannel channel =
        Grpc.newChannelBuilder(
                first.substring(first.lastIndexOf(' ') + 1),
                TlsChannelCredentials.newBuilder().trustManager(certificate.toFile()).build())
            .build();
    bench.closing(channel::shutdownNow);
    return new Node(channel, URI.create(last.substring(last.indexOf("http"))));
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  private AccessServiceBlockingStub as(Node node, String role) {
    return AccessServiceGrpc.newBlockingStub(node.channel())
        .withDeadlineAfter(60, TimeUnit.SECONDS)
        .withCallCredentials(
            bench.closing(
                IamCallCredentials.builder("access")
                    .credentialsProvider(Bench.provider(bench.role(role)))
                    .endpoint(bench.sts().endpoint(), Bench.REGION)
                    .build()));
  }

  private String scrape(URI metrics) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    bench.secrets().addOutput(OutputKind.METRIC, "a scrape", answer.body());
    return answer.body();
  }

  private static Set<String> kindsAndNames(String scrape) {
    return TYPE.matcher(scrape)
        .results()
        .map((MatchResult type) -> type.group(2) + " " + type.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void assertThatValuesAreDocumented(String scrape) {
    Map<String, String> names =
        DocumentedMetrics.all().stream()
            .collect(
                Collectors.toMap(
                    DocumentedMetrics.Metric::inPrometheus, DocumentedMetrics.Metric::name));
    Map<List<String>, Optional<Set<String>>> documented = DocumentedMetrics.values();
    SERIES
        .matcher(scrape)
        .results()
        .forEach(
            (MatchResult series) ->
                LABEL
                    .matcher(series.group(2))
                    .results()
                    .filter((MatchResult label) -> !isOfExporter(label.group(1)))
                    .forEach(
                        (MatchResult label) -> {
                          String metric = series.group(1).replaceFirst(OF_HISTOGRAMS, "");
                          String name = names.getOrDefault(metric, metric);
                          assertThat(
                                  documented.getOrDefault(
                                      List.of(name, label.group(1)), Optional.empty()))
                              .as("%s of %s", label.group(), name)
                              .hasValueSatisfying(
                                  values -> assertThat(values).contains(label.group(2)));
                        }));
  }

  private static boolean isOfExporter(String label) {
    return label.equals("le") || label.startsWith("otel_");
  }

  /** Those of enforcers are others' to emit: GrantMetricsTest compares them with the docs. */
  private static void assertThatQueriesAreAnswered(String scrape) {
    Set<String> known =
        SERIES
            .matcher(scrape)
            .results()
            .map((MatchResult series) -> series.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    DocumentedMetrics.all().stream()
        .filter(DocumentedMetrics.Metric::isOfGrants)
        .forEach(metric -> known.add(metric.inPrometheus()));
    List<Queries.Query> queries = Queries.all().stream().filter(Queries.Query::isOfAccess).toList();

    assertThat(queries).hasSizeGreaterThan(15);
    assertThat(queries)
        .allSatisfy(query -> assertThat(query.series()).as(query.of()).isSubsetOf(known));
  }
}
