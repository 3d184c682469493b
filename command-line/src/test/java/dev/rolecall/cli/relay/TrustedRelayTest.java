package dev.rolecall.cli.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rolecall.cli.CommandRun;
import dev.rolecall.cli.config.ConfigFile;
import dev.rolecall.cli.echo.EchoGrpc;
import dev.rolecall.cli.echo.WhoAmIRequest;
import dev.rolecall.cli.echo.WhoAmIResponse;
import dev.rolecall.cli.proxy.ProxyScene;
import dev.rolecall.cli.proxy.RunningProxy;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.client.IamCallCredentials;
import dev.rolecall.testsupport.CapturedLog;
import dev.rolecall.testsupport.ServedProcess;
import io.grpc.ManagedChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that takes a relay's word about who called. */
@Timeout(300)
final class TrustedRelayTest {

  private static final String RELAY = "arn:aws:iam::111122223333:role/relay";
  private static final String CREDENTIALS = "aws.sharedCredentialsFile";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final String CONFIG =
      """
      port: 0
      http_port: 0
      plaintext: true
      txn_domain: prod
      audiences:
        orders: {policy: orders.yaml, sts: "%1$s"}
      routes:
        main: {audience: orders, upstream: "%2$s", upstream_audience: orders}
      txn_key_ring: ring.json
      """;

  @RegisterExtension final ProxyScene scene = new ProxyScene();

  private CapturedLog log;

  @BeforeEach
  void begin() throws Exception {
    log = CapturedLog.of("rolecall.config", Level.INFO);
    System.setProperty(CREDENTIALS, scene.credentials(RELAY).toString());
  }

  @AfterEach
  void end() {
    System.clearProperty(CREDENTIALS);
    log.close();
  }

  /** A relay whose upstream is that server, which finds the relay's keys at the relay. */
  private RunningProxy<?, ?> relay(String proxy) throws Exception {
    Path file = scene.write("relay.yaml", CONFIG.formatted(scene.sts(), "127.0.0.1:1"));
    RunningProxy<?, ?> relay =
        scene.closing(
            RunningProxy.following(RelayProxy.KIND, ConfigFile.at(file), Duration.ofMillis(100)));
    ServedProcess served =
        scene.closing(
            ServedProcess.start(
                Map.of(),
                "serve",
                "--port",
                "0",
                "--plaintext",
                "--audience",
                "orders",
                "--sts",
                scene.sts().toString(),
                "--policy",
                scene.file("orders.yaml").toString(),
                "--trusted-proxy",
                proxy,
                "--txn-domain",
                "prod",
                "--txn-keys",
                ProxyScene.url(relay.notes().get(0)) + "/.well-known/jwks.json"));
    String line = served.line();
    scene.write("relay.yaml", CONFIG.formatted(scene.sts(), "127.0.0.1:" + ProxyScene.port(line)));
    await().atMost(PATIENCE).until(() -> log.lines().toString().contains("reloaded"));
    return relay;
  }

  private EchoGrpc.EchoBlockingStub calls(RunningProxy<?, ?> relay) {
    ManagedChannel channel = scene.channel(ProxyScene.port(relay.words()));
    IamCallCredentials caller = scene.caller(ProxyScene.CHECKOUT, "orders");
    return EchoGrpc.newBlockingStub(channel).withCallCredentials(caller);
  }

  @Test
  void serve_thatTrustsTheRelay_knowsTheCallerAndTheRelay() throws Exception {
    WhoAmIResponse answer = calls(relay(RELAY)).whoAmI(WhoAmIRequest.getDefaultInstance());

    assertThat(answer.getPrincipal()).isEqualTo(ProxyScene.CHECKOUT);
    assertThat(answer.getVia()).isEqualTo(RELAY);
  }

  @Test
  void serve_thatTrustsAnotherProxy_takesTheRelayForTheCaller() throws Exception {
    EchoGrpc.EchoBlockingStub calls = calls(relay(ProxyScene.REPORTING));

    assertThatThrownBy(() -> calls.whoAmI(WhoAmIRequest.getDefaultInstance()))
        .hasMessageContaining("METHOD_NOT_ALLOWED");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --txn-domain prod                                      | only with --trusted-proxy
          --trusted-proxy key:edge                               | --trusted-proxy: only with --txn-domain and --txn-keys
          --trusted-proxy who --txn-domain prod --txn-keys none  | --trusted-proxy:
          --trusted-proxy key:edge --txn-domain prod --txn-keys none.json | none.json
          --trusted-proxy key:edge --txn-domain prod --txn-keys ftp://x | ftp://x
          """)
  void usage_wrong_isToldAndExitsTwo(String arguments, String complaint) {
    CommandRun run =
        CommandRun.of(
            ("serve --plaintext --port 0 --audience orders --policy "
                    + scene.file("orders.yaml")
                    + " "
                    + arguments.strip())
                .split(" +"));

    assertThat(run.err()).contains(complaint.strip()).doesNotContain("a defect");
    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
  }
}
