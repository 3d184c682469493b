package dev.rolecall.tests.observability;

import dev.rolecall.tests.fixture.WatchedTelemetry;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.PointData;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The metrics of Rolecall so far. */
record EmittedMetrics(WatchedTelemetry telemetry) {

  /** The instruments of Rolecall's own meter. */
  Stream<MetricData> all() {
    return telemetry.metrics().stream()
        .filter(metric -> metric.getInstrumentationScopeInfo().getName().equals("rolecall"));
  }

  /** The sum of what that counter counted with that attribute. */
  long count(String name, String attribute, String value) {
    return all()
        .filter(metric -> metric.getName().equals(name))
        .flatMap(metric -> metric.getData().getPoints().stream())
        .filter(point -> attributes(point).getOrDefault(attribute, "").equals(value))
        .mapToLong(point -> ((LongPointData) point).getValue())
        .sum();
  }

  static Map<String, String> attributes(PointData point) {
    return point.getAttributes().asMap().entrySet().stream()
        .collect(
            Collectors.toMap(each -> each.getKey().getKey(), each -> each.getValue().toString()));
  }

  /** Name, kind, unit and the keys of the attributes, as the docs have them. */
  static String described(MetricData metric) {
    String kind =
        switch (metric.getType()) {
          case HISTOGRAM -> "histogram";
          case DOUBLE_GAUGE -> "gauge";
          default -> "counter";
        };
    Set<String> attributes =
        metric.getData().getPoints().stream()
            .flatMap(point -> attributes(point).keySet().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    return String.join(" ", metric.getName(), kind, metric.getUnit(), attributes.toString());
  }
}
