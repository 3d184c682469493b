package dev.rolecall.cli.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.rolecall.cli.config.ConfigFile;
import dev.rolecall.cli.proxy.ProxyScene;
import dev.rolecall.cli.proxy.RunningProxy;
import dev.rolecall.proxy.envoy.v3.AttributeContext;
import dev.rolecall.proxy.envoy.v3.AuthorizationGrpc;
import dev.rolecall.proxy.envoy.v3.CheckRequest;
import dev.rolecall.proxy.envoy.v3.CheckResponse;
import dev.rolecall.testsupport.CapturedLog;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.time.Duration;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A checker by a configuration file: its answers, and what a change of the file does. */
@Timeout(300)
final class CheckerFollowingTest {

  private static final Duration PERIOD = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String PATH = "/rolecall.demo.v1.Echo/Say";

  private static final String CONFIG =
      """
      port: 0
      http_port: 0
      plaintext: true
      txn_domain: prod
      threads: 1
      drain: PT0.1S
      default_audience: orders
      audiences:
        orders: {policy: orders.yaml, sts: "%1$s"}
        billing: {policy: orders.yaml, sts: "%1$s"}
      txn_key_ring: ring.json
      """;

  @RegisterExtension final ProxyScene scene = new ProxyScene();

  private CapturedLog log;
  private String config;

  @BeforeEach
  void begin() {
    log = CapturedLog.of("rolecall.config", Level.INFO);
    config = CONFIG.formatted(scene.sts());
  }

  @AfterEach
  void end() {
    log.close();
  }

  private RunningProxy<?, ?> started() throws IOException {
    return scene.closing(
        RunningProxy.following(
            CheckerProxy.KIND, ConfigFile.at(scene.write("checker.yaml", config)), PERIOD));
  }

  private void change(String from, String to, String logged) throws IOException {
    assertThat(config).contains(from);
    config = config.replace(from, to);
    scene.write("checker.yaml", config);
    await()
        .atMost(PATIENCE)
        .until(() -> log.lines().stream().anyMatch(line -> line.contains(logged)));
  }

  /** What the checker answers about a call with that proof, on a route of that audience. */
  static CheckResponse checked(ManagedChannel channel, String audience, String proof) {
    AttributeContext.Builder call =
        AttributeContext.newBuilder()
            .setRequest(
                AttributeContext.Request.newBuilder()
                    .setHttp(
                        AttributeContext.HttpRequest.newBuilder()
                            .setPath(ByteString.copyFromUtf8(PATH))
                            .putHeaders("authorization", ByteString.copyFromUtf8(proof))));
    if (!audience.isEmpty()) {
      call.putContextExtensions("audience", audience);
    }
    return AuthorizationGrpc.newBlockingStub(channel)
        .check(CheckRequest.newBuilder().setAttributes(call).build());
  }

  private String proof(String role, String audience) throws InterruptedException {
    return scene.proof(role, audience);
  }

  @Test
  void check_isAnsweredByTheAudienceOfItsRoute() throws Exception {
    RunningProxy<?, ?> checker = started();
    ManagedChannel channel = scene.channel(ProxyScene.port(checker.words()));

    assertThat(checker.words()).startsWith("checking billing, orders on 127.0.0.1:");
    CheckResponse allowed = checked(channel, "", proof(ProxyScene.CHECKOUT, "orders"));
    assertThat(allowed.hasOkResponse()).isTrue();
    assertThat(allowed.getOkResponse().getHeadersList().toString()).contains("txn-token");
    assertThat(checked(channel, "billing", proof(ProxyScene.CHECKOUT, "billing")).hasOkResponse())
        .isTrue();
    CheckResponse refused = checked(channel, "billing", proof(ProxyScene.CHECKOUT, "orders"));
    assertThat(refused.getDeniedResponse().getHeadersList().toString())
        .contains("AUDIENCE_MISMATCH");
  }

  @Test
  void http_tellsReadinessAndMetrics() throws Exception {
    RunningProxy<?, ?> checker = started();
    String url = ProxyScene.url(checker.notes().get(0));
    ManagedChannel channel = scene.channel(ProxyScene.port(checker.words()));
    checked(channel, "", proof(ProxyScene.CHECKOUT, "orders"));

    assertThat(ProxyScene.get(url + "/readyz").statusCode()).isEqualTo(200);
    assertThat(ProxyScene.get(url + "/metrics").body())
        .contains("rolecall_checker_checks_total", "rolecall_checker_duration_seconds");
    checker.drain();
    assertThat(ProxyScene.get(url + "/readyz").statusCode()).isEqualTo(503);
  }

  @Test
  void change_ofAnAudience_isInForce() throws Exception {
    ManagedChannel channel = scene.channel(ProxyScene.port(started().words()));
    scene.write("strict.yaml", "name: strict\n");

    change(
        "orders: {policy: orders",
        "orders: {policy: strict",
        "configuration reloaded: 2 audiences");

    CheckResponse refused = checked(channel, "", proof(ProxyScene.CHECKOUT, "orders"));
    assertThat(refused.getDeniedResponse().getHeadersList().toString())
        .contains("METHOD_NOT_ALLOWED");
    assertThat(checked(channel, "billing", proof(ProxyScene.CHECKOUT, "billing")).hasOkResponse())
        .isTrue();
  }

  @Test
  void change_thatIsBad_keepsTheLastGoodOneAndIsLoggedWithItsPlace() throws Exception {
    ManagedChannel channel = scene.channel(ProxyScene.port(started().words()));

    change("billing: {policy: orders", "billing: {polisy: orders", "rejected");

    assertThat(log.at(Level.WARNING)).hasSize(1);
    assertThat(log.lines().toString())
        .contains("checker.yaml:10:13: unknown key \"polisy\" (expected: policy)");
    assertThat(checked(channel, "billing", proof(ProxyScene.CHECKOUT, "billing")).hasOkResponse())
        .isTrue();
  }

  @Test
  void change_ofWhatIsNotFollowed_warns() throws Exception {
    started();

    change("threads: 1", "threads: 2", "only audiences are followed");

    assertThat(log.at(Level.WARNING)).hasSize(1);
  }
}
