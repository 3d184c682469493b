package dev.rolecall.tests.observability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.tests.checkout.Checkout;
import dev.rolecall.tests.observability.Queries.Query;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The dashboard and the alerts of relays and checkers ask for all that these measure, and no more.
 */
final class ProxyQueriesTest {

  private static final Pattern INSTRUMENT =
      Pattern.compile("\\.(counter|seconds|gauge)\\(\\s*\"(rolecall\\.[a-z.]+)\"");
  private static final Pattern OF_HISTOGRAMS = Pattern.compile("_(bucket|count|sum)$");

  /** As Prometheus has them. */
  private static Set<String> measured() {
    return Checkout.javaFiles("main").stream()
        .filter(file -> file.toString().matches(".*/(access-proxy|transaction-token)/src/.*"))
        .flatMap(file -> INSTRUMENT.matcher(Checkout.text(file)).results())
        .map(
            found ->
                found.group(2).replace('.', '_')
                    + switch (found.group(1)) {
                      case "counter" -> "_total";
                      case "seconds" -> "_seconds";
                      default -> "";
                    })
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void queries_askForEachMetricOfRelayAndChecker() {
    List<Query> queries = Queries.all().stream().filter(Query::isOfProxies).toList();
    Stream<String> asked =
        queries.stream()
            .flatMap(query -> query.series().stream())
            .map(series -> OF_HISTOGRAMS.matcher(series).replaceFirst(""));

    assertThat(queries).hasSizeGreaterThan(20);
    assertThat(asked.collect(Collectors.toSet())).isEqualTo(measured());
  }
}
