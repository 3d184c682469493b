package dev.rolecall.tests.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.rolecall.cli.Rolecall;
import dev.rolecall.policy.document.PolicyFile;
import dev.rolecall.policytools.UnmatchedPath;
import dev.rolecall.tests.checkout.Checkout;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files that the compose file names are there, and its commands are commands. */
final class ComposeFileTest {

  private static final String FOLDER = "observability/";
  private static final String FILE = Checkout.text(FOLDER + "compose.yaml");
  private static final Map<?, ?> SERVICES = Tree.map(Tree.read(FILE).get("services"));

  /** A command ends where its line does, or the folded line after it. */
  private static final Pattern COMMAND = Pattern.compile("rolecall\\.jar (.*(?:\\n {6}--.*)*)");

  private static final Pattern MOUNT = Pattern.compile("- (\\.{1,2}/[^:]+):(/[^:\n]+)");

  static Stream<String> commands() {
    return COMMAND.matcher(FILE).results().map((MatchResult command) -> command.group(1));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void command_isReadByTheCommandLine(String command) {
    assertThatCode(() -> Rolecall.commandLine().parseArgs(command.strip().split("\\s+", -1)))
        .doesNotThrowAnyException();
  }

  @Test
  void commands_areThoseOfServerStsAndCallers() {
    assertThat(commands().map(command -> command.split(" ", 2)[0]))
        .containsExactly("sts", "serve", "call");
  }

  @Test
  void mounts_leadToWhatThereIs() {
    List<String> mounts =
        MOUNT.matcher(FILE).results().map((MatchResult mount) -> mount.group(1)).toList();

    assertThat(mounts)
        .hasSize(6)
        .allSatisfy(
            mount ->
                assertThat(Checkout.has(FOLDER + mount.replace("/target", "/pom.xml")))
                    .as(mount)
                    .isTrue());
  }

  @Test
  void prometheus_scrapesWhereTheServerShowsItsMetrics() {
    Map<?, ?> job =
        Tree.maps(Tree.read(Checkout.text(FOLDER + "prometheus.yaml")).get("scrape_configs"))
            .get(0);
    Map<?, ?> network =
        Tree.map(Tree.map(Tree.map(SERVICES.get("sts")).get("networks")).get("default"));

    assertThat(Tree.list(Tree.maps(job.get("static_configs")).get(0).get("targets")))
        .isEqualTo(List.of(Tree.list(network.get("aliases")).get(0) + ":9464"));
    assertThat(commands().filter(command -> command.startsWith("serve ")))
        .allMatch(serve -> serve.contains("--metrics-port 9464"))
        .allMatch(serve -> serve.contains("--expose-metrics-to-network"));
    assertThat(Tree.map(SERVICES.get("serve")).get("network_mode")).isEqualTo("service:sts");
  }

  @Test
  void dashboard_isProvisionedWhereGrafanaStarts() {
    String home =
        String.valueOf(
            Tree.map(Tree.map(SERVICES.get("grafana")).get("environment"))
                .get("GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"));
    Map<?, ?> provider =
        Tree.maps(
                Tree.read(Checkout.text(FOLDER + "grafana/provisioning/dashboards/rolecall.yaml"))
                    .get("providers"))
            .get(0);
    Map<?, ?> source =
        Tree.maps(
                Tree.read(
                        Checkout.text(FOLDER + "grafana/provisioning/datasources/prometheus.yaml"))
                    .get("datasources"))
            .get(0);

    assertThat(home)
        .isEqualTo(
            Tree.map(provider.get("options")).get("path")
                + "/"
                + Path.of(Queries.DASHBOARD).getFileName());
    assertThat(source.get("url")).isEqualTo("http://prometheus:9090");
    assertThat(Checkout.text(Queries.DASHBOARD))
        .contains("\"value\": \"" + source.get("uid") + "\"");
  }

  @Test
  void policy_isOne() {
    try (PolicyFile policy = PolicyFile.follow(Checkout.path(FOLDER + "policy/orders.yaml"))) {
      assertThat(UnmatchedPath.in(policy.current(), List.of("rolecall.demo.v1.Echo/WhoAmI")))
          .hasSize(1);
    }
  }
}
