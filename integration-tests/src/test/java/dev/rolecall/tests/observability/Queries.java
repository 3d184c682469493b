package dev.rolecall.tests.observability;

import dev.rolecall.tests.checkout.Checkout;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The PromQL of {@code observability/}: what the dashboard's panels and the alert rules ask. */
final class Queries {

  static final String DASHBOARD = "observability/grafana/dashboards/rolecall.json";
  static final String ACCESS_DASHBOARD = "observability/grafana/dashboards/access.json";
  static final String PROXY_DASHBOARD = "observability/grafana/dashboards/proxy.json";
  static final String ALERTS = "observability/alerts.yaml";

  /** A name followed by a selector, a range, or nothing; not a function, keyword or label. */
  private static final Pattern METRIC = Pattern.compile("\\b(rolecall_[a-z_]+)\\b");

  private static final Pattern MATCHER = Pattern.compile("\\b([a-z_]+)(?:=~|!~|=|!=)\"([^\"$]*)\"");

  /**
   * One expression.
   *
   * @param of the panel or alert
   * @param expression as Prometheus takes it
   */
  record Query(String of, String expression) {

    /** The time series it names. */
    Set<String> series() {
      return found(METRIC, 1);
    }

    /** Whether it is about access for a time. */
    boolean isOfAccess() {
      return series().stream()
          .anyMatch(
              name -> name.startsWith("rolecall_access_") || name.startsWith("rolecall_grants_"));
    }

    /** The label values it names, as {@code label=value}. */
    Set<String> labelValues() {
      return MATCHER
          .matcher(expression)
          .results()
          .flatMap(
              match ->
                  Stream.of(match.group(2).split("\\|", -1))
                      .map(value -> match.group(1) + "=" + value))
          .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether it is about relays, checkers, or the Envoys that ask them. */
    boolean isOfProxies() {
      return expression.contains("envoy_http_ext_authz_")
          || series().stream()
              .anyMatch(name -> name.matches("rolecall_(relay|checker|txntoken)_.*"));
    }

    private Set<String> found(Pattern pattern, int group) {
      return pattern
          .matcher(expression)
          .results()
          .map((MatchResult match) -> match.group(group))
          .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public String toString() {
      return of;
    }
  }

  private Queries() {}

  static List<Query> all() {
    List<Query> all = new ArrayList<>(dashboard(DASHBOARD));
    all.addAll(dashboard(ACCESS_DASHBOARD));
    all.addAll(dashboard(PROXY_DASHBOARD));
    all.addAll(alerts());
    return all;
  }

  /** With Grafana's variables filled in. */
  private static List<Query> dashboard(String file) {
    return Tree.maps(Tree.read(Checkout.text(file)).get("panels")).stream()
        .flatMap(
            panel ->
                Tree.maps(panel.get("targets")).stream()
                    .map(
                        target ->
                            new Query(
                                String.valueOf(panel.get("title")),
                                String.valueOf(target.get("expr"))
                                    .replace("$__rate_interval", "1m")
                                    .replace("$job", ".+"))))
        .toList();
  }

  static List<Query> alerts() {
    return Tree.maps(Tree.read(Checkout.text(ALERTS)).get("groups")).stream()
        .flatMap(group -> Tree.maps(group.get("rules")).stream())
        .map(rule -> new Query(String.valueOf(rule.get("alert")), String.valueOf(rule.get("expr"))))
        .toList();
  }
}
