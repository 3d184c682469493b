package dev.rolecall.cli.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.rolecall.cli.CommandRun;
import dev.rolecall.cli.config.ConfigFile;
import dev.rolecall.cli.proxy.ProxyScene;
import dev.rolecall.cli.proxy.RunningProxy;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.decisions.v1.DecisionNews;
import dev.rolecall.decisions.v1.DecisionsGrpc;
import dev.rolecall.decisions.v1.ListCallsRequest;
import dev.rolecall.decisions.v1.Outcome;
import dev.rolecall.decisions.v1.SeenCall;
import dev.rolecall.decisions.v1.WatchDecisionsRequest;
import dev.rolecall.testsupport.CapturedLog;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The feed of a checker's decisions: an address of its own, which the audience's policy guards. */
@Timeout(300)
final class CheckerFeedTest {

  private static final String CONFIG =
      """
      port: 0
      plaintext: true
      threads: 1
      drain: PT0.1S
      default_audience: orders
      console_feed: "127.0.0.1:0"
      console_feed_write_cert: feed.pem
      audiences:
        orders: {policy: orders.yaml, sts: "%1$s"}
        billing: {policy: orders.yaml, sts: "%1$s"}
      txn_domain: prod
      txn_key_ring: ring.json
      """;

  private static final String POLICY =
      """
      name: orders
      allow_rules:
        - name: checkout does all
          source: {principals: ["arn:aws:iam::111122223333:role/checkout"]}
          request: {paths: ["/rolecall.demo.v1.Echo/*", "/rolecall.decisions.v1.Decisions/*"]}
      """;

  @RegisterExtension final ProxyScene scene = new ProxyScene();

  private String config() {
    return CONFIG.formatted(scene.sts());
  }

  private RunningProxy<?, ?> started() throws IOException {
    return scene.closing(
        RunningProxy.following(
            CheckerProxy.KIND,
            ConfigFile.at(scene.write("checker.yaml", config())),
            Duration.ofMillis(100)));
  }

  private DecisionsGrpc.DecisionsBlockingStub reader(RunningProxy<?, ?> checker, String role)
      throws IOException {
    String address =
        checker.notes().stream()
            .filter(note -> note.startsWith("console feed on 127.0.0.1:"))
            .map(note -> note.substring("console feed on ".length()))
            .findFirst()
            .orElseThrow();
    ManagedChannel channel =
        Grpc.newChannelBuilder(
                address,
                TlsChannelCredentials.newBuilder()
                    .trustManager(scene.file("feed.pem").toFile())
                    .build())
            .build();
    scene.closing(channel::shutdownNow);
    return DecisionsGrpc.newBlockingStub(channel)
        .withCallCredentials(scene.caller(role, "orders"))
        .withDeadlineAfter(2, TimeUnit.MINUTES);
  }

  private void check(RunningProxy<?, ?> checker, String audience, String role) throws Exception {
    var unused =
        CheckerFollowingTest.checked(
            scene.channel(ProxyScene.port(checker.words())), audience, scene.proof(role, audience));
  }

  @Test
  void feed_tellsTheDecisionsOfTheDefaultAudience_toThoseWhomItsPolicyAllows() throws Exception {
    scene.write("orders.yaml", POLICY);
    RunningProxy<?, ?> checker = started();
    check(checker, "orders", ProxyScene.CHECKOUT);
    check(checker, "orders", ProxyScene.REPORTING);
    check(checker, "billing", ProxyScene.REPORTING);

    DecisionsGrpc.DecisionsBlockingStub stranger = reader(checker, ProxyScene.REPORTING);
    assertThatThrownBy(() -> stranger.listCalls(ListCallsRequest.getDefaultInstance()))
        .hasMessageContaining("PERMISSION_DENIED");

    List<SeenCall> calls =
        reader(checker, ProxyScene.CHECKOUT)
            .listCalls(ListCallsRequest.getDefaultInstance())
            .getCallsList();
    assertThat(calls)
        .extracting(SeenCall::getCaller, SeenCall::getMethod, SeenCall::getOutcome)
        .containsExactly(
            tuple(ProxyScene.CHECKOUT, "rolecall.demo.v1.Echo/Say", Outcome.ALLOWED),
            tuple(ProxyScene.REPORTING, "rolecall.demo.v1.Echo/Say", Outcome.REFUSED),
            tuple(
                ProxyScene.REPORTING, "rolecall.decisions.v1.Decisions/ListCalls", Outcome.REFUSED),
            tuple(
                ProxyScene.CHECKOUT, "rolecall.decisions.v1.Decisions/ListCalls", Outcome.ALLOWED));
  }

  @Test
  void feed_outlivesItsAudiencesChange_andGoesByTheNewPolicy() throws Exception {
    scene.write("orders.yaml", POLICY);
    RunningProxy<?, ?> checker = started();
    check(checker, "orders", ProxyScene.CHECKOUT);
    DecisionsGrpc.DecisionsBlockingStub reader = reader(checker, ProxyScene.CHECKOUT);
    Iterator<DecisionNews> news = reader.watchDecisions(WatchDecisionsRequest.getDefaultInstance());
    assertThat(news.next().getCountsList()).isNotEmpty();

    scene.write("other.yaml", POLICY.replace("role/checkout", "role/reporting"));
    try (CapturedLog log = CapturedLog.of("rolecall.config", Level.INFO)) {
      scene.write(
          "checker.yaml",
          config().replace("orders: {policy: orders.yaml", "orders: {policy: other.yaml"));
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> log.text().contains("configuration reloaded"));
    }

    assertThatThrownBy(() -> reader.listCalls(ListCallsRequest.getDefaultInstance()))
        .hasMessageContaining("PERMISSION_DENIED");
    assertThat(
            reader(checker, ProxyScene.REPORTING)
                .listCalls(ListCallsRequest.getDefaultInstance())
                .getCallsList())
        .extracting(SeenCall::getMethod)
        .contains("rolecall.demo.v1.Echo/Say");
  }

  @Test
  void end_ofTheChecker_endsItsReaders() throws Exception {
    scene.write("orders.yaml", POLICY);
    RunningProxy<?, ?> checker = started();
    Iterator<DecisionNews> news =
        reader(checker, ProxyScene.CHECKOUT)
            .watchDecisions(WatchDecisionsRequest.getDefaultInstance());
    assertThat(news.hasNext()).isTrue();

    checker.close();

    assertThatThrownBy(() -> news.forEachRemaining(more -> {}))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("UNAVAILABLE");
  }

  @Test
  void feed_thatNoRuleAllows_isToldAtTheStart() throws Exception {
    assertThat(started().notes())
        .contains(
            "note: nobody may read the console feed: no rule of the policy allows"
                + " /rolecall.decisions.v1.Decisions/WatchDecisions");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          default_audience: orders       | threads: 1                  | no default audience (expected: default_audience
          127.0.0.1:0                    | 127.0.0.1                   | console_feed: no port (expected: ADDRESS:PORT
          console_feed_write_cert        | console_feed_cert           | expected both
          'console_feed: "127.0.0.1:0"'  | http_port: 0                | only with console_feed
          """)
  void checkConfig_ofABadFeed_isNo(String from, String to, String complaint) throws Exception {
    assertThat(config()).contains(from);
    scene.write("checker.yaml", config().replace("threads: 1\n", "").replace(from, to));

    CommandRun run =
        CommandRun.of(
            "envoy-checker", "--config", scene.file("checker.yaml").toString(), "--check-config");

    assertThat(run.outUnbroken()).contains(complaint.strip());
    assertThat(run.status()).isEqualTo(ExitStatus.NO);
  }

  @Test
  void checkConfig_ofAGoodFeed_writesNothing() throws Exception {
    scene.write("checker.yaml", config());

    CommandRun run =
        CommandRun.of(
            "envoy-checker", "--config", scene.file("checker.yaml").toString(), "--check-config");

    assertThat(run.status()).isEqualTo(ExitStatus.YES);
    assertThat(scene.file("feed.pem")).doesNotExist();
  }
}
