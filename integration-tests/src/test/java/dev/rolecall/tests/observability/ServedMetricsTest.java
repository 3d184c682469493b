package dev.rolecall.tests.observability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.tests.checkout.Checkout;
import dev.rolecall.tests.observability.Queries.Query;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The metrics of a loaded {@code rolecall serve} and its clients are those that the docs list, and
 * what the dashboard and the alerts ask for; what it audits has the form that the docs show.
 */
@Timeout(900)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ServedMetricsTest {

  private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (rolecall_\\w+) (\\w+)$");
  private static final Pattern SERIES = Pattern.compile("(?m)^(rolecall_\\w+)\\{");

  @TempDir static Path directory;

  private final AuditLines audit = new AuditLines();
  private ServedScene scene;
  private String scrape;

  @BeforeAll
  void load() throws Exception {
    scene = new ServedScene(directory);
    scene.load(3);
    scene.spoilThePolicy();
    scene.failSts();
    scene.failRenewals();
    scrape = scene.scrape();
  }

  @AfterAll
  void stop() {
    scene.close();
    audit.close();
  }

  @Test
  void scrape_hasTheNamesThatTheDocsList() {
    Set<String> scraped =
        TYPE.matcher(scrape)
            .results()
            .map((MatchResult type) -> type.group(2) + " " + type.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(scraped)
        .containsExactlyInAnyOrderElementsOf(
            DocumentedMetrics.all().stream()
                .filter(DocumentedMetrics.Metric::isOfAllServers)
                .map(metric -> metric.kind() + " " + metric.inPrometheus())
                .toList());
  }

  static Stream<Query> queries() {
    return Queries.all().stream();
  }

  static Stream<Query> queriesOfServers() {
    return queries().filter(query -> !query.isOfAccess() && !query.isOfProxies());
  }

  @ParameterizedTest
  @MethodSource("queriesOfServers")
  void expression_asksForSeriesThatAreScraped(Query query) {
    Set<String> scraped =
        SERIES
            .matcher(scrape)
            .results()
            .map((MatchResult series) -> series.group(1))
            .collect(Collectors.toSet());

    assertThat(query.series()).isNotEmpty().isSubsetOf(scraped);
  }

  @ParameterizedTest
  @MethodSource("queries")
  void expression_asksForLabelsThatTheDocsList(Query query) {
    Set<String> documented =
        DocumentedMetrics.values().entrySet().stream()
            .flatMap(
                each ->
                    each.getValue().stream()
                        .flatMap(Set::stream)
                        .map(value -> each.getKey().get(1) + "=" + value))
            .collect(Collectors.toSet());
    documented.add("job=.+");

    assertThat(query.labelValues()).isSubsetOf(documented);
  }

  @ParameterizedTest
  @CsvSource({"denied, METHOD_NOT_ALLOWED", "unknown, CREDENTIAL_MISSING"})
  void auditRecord_hasTheFormThatTheDocsShow(String example, String status) {
    Matcher shown =
        Pattern.compile("(?s)<!-- audit: " + example + " -->\n```json\n(.*?)```")
            .matcher(Checkout.text(DocumentedMetrics.DOCUMENT));
    assertThat(shown.find()).isTrue();

    assertThat(withoutWhatVaries(Tree.read(audit.ofStatus(status))))
        .isEqualTo(withoutWhatVaries(Tree.read(shown.group(1))));
  }

  private static final Set<String> VARYING =
      Set.of("time", "uid", "credential_uid", "credential_fingerprint", "endpoint");

  /** Times and ids differ from run to run; what they are made of does not. */
  private static Map<?, ?> withoutWhatVaries(Map<?, ?> record) {
    Map<Object, Object> same = new LinkedHashMap<>();
    record.forEach(
        (name, value) ->
            same.put(
                name,
                value instanceof Map<?, ?> inner
                    ? withoutWhatVaries(inner)
                    : VARYING.contains(String.valueOf(name))
                        ? value.getClass().getSimpleName()
                        : value));
    return same;
  }
}
