package dev.rolecall.cli.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rolecall.cli.config.ConfigFile;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.proxy.ProxyScene;
import dev.rolecall.cli.proxy.RunningProxy;
import dev.rolecall.client.IamCallCredentials;
import dev.rolecall.testsupport.CapturedLog;
import dev.rolecall.testsupport.TestAuthority;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A relay by a configuration file: what it does by it, and what a change of the file does. */
@Timeout(300)
final class RelayFollowingTest {

  private static final Duration PERIOD = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final String CONFIG =
      """
      port: 0
      http_port: 0
      plaintext: true
      txn_domain: prod
      drain: PT0.2S
      audiences:
        orders: {policy: orders.yaml, sts: "%1$s"}
        billing: {policy: orders.yaml, sts: "%1$s"}
      routes:
        billing:
          authority: billing.example
          audience: billing
          upstream: "%2$s"
        main:
          audience: orders
          upstream: "%2$s"
      txn_key_ring: ring.json
      """;

  @RegisterExtension final ProxyScene scene = new ProxyScene();

  private CapturedLog log;
  private String config;
  private Path file;

  @BeforeEach
  void begin() {
    log = CapturedLog.of("rolecall.config", Level.INFO);
    config = CONFIG.formatted(scene.sts(), scene.upstream());
    file = scene.file("relay.yaml");
  }

  @AfterEach
  void end() {
    log.close();
  }

  private RunningProxy<?, ?> started() throws IOException {
    scene.write("relay.yaml", config);
    return scene.closing(RunningProxy.following(RelayProxy.KIND, ConfigFile.at(file), PERIOD));
  }

  private ManagedChannel channel(RunningProxy<?, ?> relay) {
    return scene.channel(ProxyScene.port(relay.words()));
  }

  /** Writes the file anew, and waits until a line of the log says so. */
  private void change(String from, String to, String logged) throws IOException {
    assertThat(config).contains(from);
    config = config.replace(from, to);
    scene.write("relay.yaml", config);
    await()
        .atMost(PATIENCE)
        .until(() -> log.lines().stream().anyMatch(line -> line.contains(logged)));
  }

  @Test
  void call_thatIsAdmitted_reachesTheServiceWithATokenAndWithoutItsCredential() throws Exception {
    RunningProxy<?, ?> relay = started();

    Status status = scene.say(channel(relay), scene.caller(ProxyScene.CHECKOUT, "orders"));

    assertThat(status).isEqualTo(Status.OK);
    var headers = scene.headers();
    assertThat(headers.get(ProxyScene.header("txn-token"))).isNotEmpty();
    assertThat(headers.containsKey(ProxyScene.header("authorization"))).isFalse();
  }

  @Test
  void call_thatIsRefused_reachesNobody() throws Exception {
    ManagedChannel channel = channel(started());

    Status status = scene.say(channel, scene.caller(ProxyScene.REPORTING, "orders"));

    assertThat(status.getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(status.getDescription()).contains("METHOD_NOT_ALLOWED");
    assertThat(scene.say(channel, scene.caller(ProxyScene.CHECKOUT, "billing")).getCode())
        .isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(scene.isReached()).isFalse();
  }

  @Test
  void http_tellsKeysReadinessAndMetrics() throws Exception {
    RunningProxy<?, ?> relay = started();
    String url = ProxyScene.url(relay.notes().get(0));
    scene.say(channel(relay), scene.caller(ProxyScene.CHECKOUT, "orders"));

    assertThat(ProxyScene.get(url + "/.well-known/jwks.json").body()).contains("\"kid\"");
    assertThat(ProxyScene.get(url + "/readyz").statusCode()).isEqualTo(200);
    assertThat(ProxyScene.get(url + "/healthz").statusCode()).isEqualTo(200);
    assertThat(ProxyScene.get(url + "/other").statusCode()).isEqualTo(404);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(ProxyScene.get(url + "/metrics").body())
                    .contains("rolecall_relay_calls_total", "rolecall_txntoken_mints_total"));
    relay.drain();
    assertThat(ProxyScene.get(url + "/readyz").statusCode()).isEqualTo(503);
  }

  @Test
  void change_ofARoute_isInForceWhileAStreamOfAnotherAudienceLivesOn() throws Exception {
    ManagedChannel channel = channel(started());
    IamCallCredentials caller = scene.caller(ProxyScene.CHECKOUT, "orders");
    ProxyScene.LiveStream stream = scene.stream(channel, caller);
    scene.headers();

    Server other = scene.server();
    change(
        "authority: billing.example\n    audience: billing\n    upstream: \"" + scene.upstream(),
        "services: rolecall.demo.v1.Echo\n    audience: billing\n    upstream: \""
            + ProxyScene.address(other),
        "configuration reloaded: 2 routes, 2 audiences");

    assertThat(scene.say(channel, scene.caller(ProxyScene.CHECKOUT, "billing")))
        .isEqualTo(Status.OK);
    stream.goOn();
    assertThat(stream.end()).isNotDone();
  }

  @Test
  void change_ofAnAudience_isInForceAndEndsItsStreamsAlone() throws Exception {
    RunningProxy<?, ?> relay = started();
    ManagedChannel channel = channel(relay);
    IamCallCredentials caller = scene.caller(ProxyScene.CHECKOUT, "orders");
    ManagedChannel billing = scene.channel(ProxyScene.port(relay.words()), "billing.example");
    ProxyScene.LiveStream kept =
        scene.stream(billing, scene.caller(ProxyScene.CHECKOUT, "billing"));
    ProxyScene.LiveStream ended = scene.stream(channel, caller);
    scene.write("strict.yaml", "name: strict\n");

    change("orders: {policy: orders", "orders: {policy: strict", "configuration reloaded");

    assertThat(scene.say(channel, caller).getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(ended.end().get(PATIENCE.toSeconds(), TimeUnit.SECONDS).getCode())
        .isNotEqualTo(Status.Code.OK);
    kept.goOn();
    assertThat(kept.end()).isNotDone();
  }

  @Test
  void change_thatIsBad_keepsTheLastGoodOneAndIsLoggedWithItsPlace() throws Exception {
    ManagedChannel channel = channel(started());

    change("drain: PT0.2S", "drane: PT0.2S", "rejected");

    assertThat(log.at(Level.WARNING)).hasSize(1);
    assertThat(log.lines().toString())
        .contains(
            "configuration rejected, the last good one stays in force: "
                + file
                + ":5:1: unknown key \"drane\" (expected: drain)");
    assertThat(scene.say(channel, scene.caller(ProxyScene.CHECKOUT, "orders")))
        .isEqualTo(Status.OK);
  }

  @Test
  void change_thatNamesAWrongPolicy_isLoggedWithThePlaceOfItsAudience() throws Exception {
    ManagedChannel channel = channel(started());

    change("orders: {policy: orders", "orders: {policy: none", "rejected");

    assertThat(log.lines().toString())
        .contains(file + ":7:11: audiences orders: ", "none.yaml: the file cannot be read");
    assertThat(scene.say(channel, scene.caller(ProxyScene.CHECKOUT, "orders")))
        .isEqualTo(Status.OK);
  }

  @Test
  void change_toRoutesThatAreAlike_isRefused() throws Exception {
    ManagedChannel channel = channel(started());

    change("    authority: billing.example\n", "", "rejected");

    assertThat(log.lines().toString())
        .contains(file + ":14:5: routes main: the same calls as those of route billing");
    assertThat(scene.say(channel, scene.caller(ProxyScene.CHECKOUT, "orders")))
        .isEqualTo(Status.OK);
  }

  @Test
  void change_ofWhatIsNotFollowed_warns() throws Exception {
    started();

    change("txn_domain: prod", "txn_domain: stage", "only audiences and routes are followed");

    assertThat(log.at(Level.WARNING)).hasSize(1);
  }

  @Test
  void change_ofClientAuthorities_warnsThatTlsKeepsThoseOfTheStart() throws Exception {
    TestAuthority.root("partners").writePem(scene.file("ca.pem"));
    config = config.replace("plaintext: true\n", "");
    started();

    change("billing: {policy", "billing: {client_ca: partners=ca.pem, policy", "TLS goes on");

    assertThat(log.at(Level.WARNING)).hasSize(1);
  }

  @Test
  void start_withRoutesThatAreAlike_isRefused() {
    config = config.replace("    authority: billing.example\n", "");

    assertThatThrownBy(this::started)
        .isInstanceOf(CommandFailure.class)
        .hasMessage(
            file
                + ":14:5: routes main: the same calls as those of route billing"
                + " (expected: another authority, or other services)");
  }

  @Test
  void start_notes_tellTheUrlFirst() throws Exception {
    config = config.replace("txn_key_ring: ring.json\n", "");
    List<String> notes = started().notes();

    assertThat(notes.get(0)).startsWith("http at http://127.0.0.1:");
    assertThat(notes.get(1)).startsWith("tokens for prod, keys in memory");
  }
}
