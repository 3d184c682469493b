package dev.rolecall.cli.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.cli.CommandRun;
import dev.rolecall.cli.proxy.ProxyScene;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.testsupport.ServedProcess;
import io.grpc.Status;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command relay: its short form, its configuration, and what it refuses. */
@Timeout(300)
final class RelayCommandTest {

  @RegisterExtension final ProxyScene scene = new ProxyScene();

  private CommandRun run(String arguments) {
    return CommandRun.of(
        Arrays.stream(arguments.strip().split(" +"))
            .map(
                word ->
                    word.replace("{policy}", scene.file("orders.yaml").toString())
                        .replace("{config}", scene.file("relay.yaml").toString())
                        .replace("{missing}", scene.file("missing.yaml").toString()))
            .toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          relay --plaintext --port 0                                        | --audience: missing (expected: the name that callers sign for)
          relay --plaintext --port 0 --audience orders --upstream 127.0.0.1:1 | --policy: missing (expected: a file, or a folder)
          relay --plaintext --port 0 --audience orders --policy {policy}    | --upstream: missing (expected: at least one HOST:PORT)
          relay --plaintext --port 0 --audience orders --policy {missing} --upstream 127.0.0.1:1 | missing.yaml: the file cannot be read: no such file
          relay --plaintext --listen 0.0.0.0 --audience orders --policy {policy} --upstream 127.0.0.1:1 | --listen 0.0.0.0 and --plaintext: anyone on the way could read the proofs
          relay --plaintext --port 0 --audience orders --policy {policy} --upstream 127.0.0.1:1 --txn-life 60s | only with --txn-domain
          relay --plaintext --port 0 --audience orders --policy {policy} --upstream 127.0.0.1:1 --expose-http-to-network | --expose-http-to-network: only with --http-port
          relay --plaintext --port 0 --audience orders --policy {policy} --upstream 127.0.0.1:1 --event-loops 0 | event
          relay --plaintext --port 0 --audience orders --policy {policy} --upstream 127.0.0.1:1 --upstream-expect-server-role arn:aws:iam::111122223333:role/x | --upstream-expect-server-role: only with --upstream-audience
          relay --check-config                                              | --check-config: only with --config
          relay --config {config} --port 0                                  | --port and --config (expected: one of them; the file has the same option)
          relay --config {missing}                                          | missing.yaml: the file cannot be read: no such file
          relay --config {missing} --check-config                           | missing.yaml: the file cannot be read: no such file
          """)
  void usage_wrong_isToldAndExitsTwo(String arguments, String complaint) {
    CommandRun run = run(arguments);

    assertThat(run.err()).contains(complaint.strip()).doesNotContain("a defect");
    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void port_thatIsTaken_isTold() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CommandRun run =
          run(
              "relay --plaintext --audience orders --policy {policy} --upstream 127.0.0.1:1 --port "
                  + taken.getLocalPort());

      assertThat(run.err())
          .contains("cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": ")
          .doesNotContain("a defect");
      assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    }
  }

  private static final String CONFIG =
      """
      port: 0
      plaintext: true
      audiences:
        orders: {policy: orders.yaml}
      routes:
        main: {audience: orders, upstream: "127.0.0.1:1"}
      """;

  @Test
  void checkConfig_leavesTheCertificateOfARunningRelayAlone() throws Exception {
    scene.write("relay.yaml", CONFIG.replace("plaintext: true", "write_cert: relay.pem"));
    scene.write("relay.pem", "that of a running relay");

    assertThat(run("relay --config {config} --check-config").status()).isEqualTo(ExitStatus.YES);

    assertThat(scene.file("relay.pem")).hasContent("that of a running relay");
  }

  @Test
  void checkConfig_ofAGoodFile_isYes() throws Exception {
    scene.write("relay.yaml", CONFIG);

    CommandRun run = run("relay --config {config} --check-config");

    assertThat(run.out()).isEqualTo(scene.file("relay.yaml") + ": good\n");
    assertThat(run.status()).isEqualTo(ExitStatus.YES);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          port: 0                 | port: zero               | :1:7: the configuration: invalid value for option 'port': zero (expected: a whole number)
          plaintext: true         | plaintext: true\\nexpose_http_to_network: true | :1:1: the configuration: expose_http_to_network: only with http_port
          plaintext: true         | plaintext: true\\nhttp_port: 65536 | :1:1: the configuration: http_port: 65536 (expected: 0 to 65535)
          plaintext: true         | listen: 0.0.0.0\\nplaintext: true | :1:1: the configuration: listen 0.0.0.0 and plaintext: anyone on the way
          policy: orders.yaml     | polisy: orders.yaml      | :4:12: unknown key "polisy" (expected: policy)
          {policy: orders.yaml}   | {}                       | :4:11: audiences orders: policy: missing (expected: a file, or a folder)
          policy: orders.yaml     | policy: none.yaml        | none.yaml: the file cannot be read: no such file
          audience: orders        | audience: billing        | :6:9: audience: billing (expected: one of [orders])
          audience: orders,       |                          | :6:9: audience: missing (expected: one of [orders])
          upstream: "127.0.0.1:1" | services: a.B            | :6:9: routes main: upstream: missing (expected: at least one HOST:PORT)
          upstream: "127.0.0.1:1" | upstream: nowhere        | :6:38: routes main: invalid value for option 'upstream'
          routes:                 | route:                   | unknown key "route" (expected: routes)
          orders: {               | 'two words: {'           | :4:14: audience: two words (expected:
          """)
  void checkConfig_ofABadFile_isNoWithThePlaceAndTheRightValue(
      String from, String to, String complaint) throws Exception {
    assertThat(CONFIG).contains(from);
    scene.write("relay.yaml", CONFIG.replace(from, to == null ? "" : to.replace("\\n", "\n")));

    CommandRun run = run("relay --config {config} --check-config");

    assertThat(run.out()).contains("relay.yaml:").contains(complaint.strip());
    assertThat(run.err()).doesNotContain("a defect");
    assertThat(run.status()).isEqualTo(ExitStatus.NO);
  }

  @Test
  void shortForm_saysWhereItRelays_andSigtermDrainsIt() throws Exception {
    ServedProcess relay =
        scene.process(
            "relay",
            "--port",
            "0",
            "--plaintext",
            "--http-port",
            "0",
            "--upstream",
            scene.upstream(),
            "--drain",
            "1s");
    String line = relay.line();
    assertThat(line).matches("relaying orders on 127\\.0\\.0\\.1:[0-9]+");
    assertThat(relay.line()).matches("  http at http://127\\.0\\.0\\.1:[0-9]+");
    var channel = scene.channel(ProxyScene.port(line));
    ProxyScene.LiveStream stream =
        scene.stream(channel, scene.caller(ProxyScene.CHECKOUT, "orders"));

    assertThat(relay.terminate()).isEqualTo(143);

    Status end = stream.end().get(120, TimeUnit.SECONDS);
    assertThat(end.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(end.getDescription()).contains("the relay is shutting down");
  }
}
