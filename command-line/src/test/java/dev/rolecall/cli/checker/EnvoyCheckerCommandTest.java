package dev.rolecall.cli.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.cli.CommandRun;
import dev.rolecall.cli.proxy.ProxyScene;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.testsupport.ServedProcess;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command envoy-checker: its short form, its configuration, and what it refuses. */
@Timeout(300)
final class EnvoyCheckerCommandTest {

  private static final String CONFIG =
      """
      port: 0
      plaintext: true
      default_audience: orders
      audiences:
        orders: {policy: orders.yaml}
        billing: {policy: orders.yaml, txn_per_call: true}
      """;

  @RegisterExtension final ProxyScene scene = new ProxyScene();

  private CommandRun run(String arguments) {
    return CommandRun.of(
        Arrays.stream(arguments.strip().split(" +"))
            .map(
                word ->
                    word.replace("{policy}", scene.file("orders.yaml").toString())
                        .replace("{config}", scene.file("checker.yaml").toString())
                        .replace("{socket}", scene.file("checker.sock").toString())
                        .replace("{missing}", scene.file("missing.yaml").toString()))
            .toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          envoy-checker --plaintext --port 0                                  | --audience: missing (expected: the name that callers sign for)
          envoy-checker --plaintext --port 0 --audience orders                | --policy: missing (expected: a file, or a folder)
          envoy-checker --plaintext --port 0 --audience orders --policy {missing} | missing.yaml: the file cannot be read: no such file
          envoy-checker --plaintext --listen 0.0.0.0 --audience orders --policy {policy} | --listen 0.0.0.0 and --plaintext: anyone on the way could read the proofs
          envoy-checker --unix {socket} --port 1 --audience orders --policy {policy} | --unix: without --port, TLS or --plaintext
          envoy-checker --unix {socket} --plaintext --audience orders --policy {policy} | --unix: without --port, TLS or --plaintext
          envoy-checker --port 1 --listen 127.0.0.1:2 --audience orders --policy {policy} | --port and --listen with a port (expected: one of them)
          envoy-checker --port 70000 --plaintext --audience orders --policy {policy} | --port: 70000 (expected: 0 to 65535)
          envoy-checker --plaintext --port 0 --audience orders --policy {policy} --forwarded-for-hops 0 | hops
          envoy-checker --plaintext --port 0 --audience orders --policy {policy} --threads 0 | threads
          envoy-checker --check-config                                        | --check-config: only with --config
          envoy-checker --config {config} --txn-per-call                      | --txn-per-call and --config (expected: one of them; the file has the same option)
          envoy-checker --config {missing} --check-config                     | missing.yaml: the file cannot be read: no such file
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
              "envoy-checker --plaintext --audience orders --policy {policy} --port "
                  + taken.getLocalPort());

      assertThat(run.err()).contains("cannot listen").doesNotContain("a defect");
      assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    }
  }

  @ParameterizedTest
  @CsvSource({"port: 0, port: 0", "'port: 0\nplaintext: true', unix: checker.sock"})
  void checkConfig_ofAGoodFile_isYes(String from, String to) throws Exception {
    scene.write("checker.yaml", CONFIG.replace(from, to));

    CommandRun run = run("envoy-checker --config {config} --check-config");

    assertThat(run.out()).isEqualTo(scene.file("checker.yaml") + ": good\n");
    assertThat(run.status()).isEqualTo(ExitStatus.YES);
    assertThat(scene.file("checker.sock")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          port: 0                 | port: zero               | :1:7: the configuration: invalid value for option 'port': zero (expected: a whole number)
          port: 0                 | unix: checker.sock       | :1:1: the configuration: unix: without port, TLS or plaintext
          default_audience: orders | default_audience: none  | :1:1: default_audience: none (expected: one of [
          txn_per_call: true      | txn_per_call: maybe      | :6:48: txn_per_call: "maybe" is a string (expected: true or false)
          txn_per_call            | txn_per_cal              | :6:34: unknown key "txn_per_cal" (expected: txn_per_call)
          policy: orders.yaml}    | policy: none.yaml}       | none.yaml: the file cannot be read: no such file
          audiences:              | audience:                | unknown key "audience" (expected: audiences)
          """)
  void checkConfig_ofABadFile_isNoWithThePlaceAndTheRightValue(
      String from, String to, String complaint) throws Exception {
    assertThat(CONFIG).contains(from);
    scene.write("checker.yaml", CONFIG.replace(from, to));

    CommandRun run = run("envoy-checker --config {config} --check-config");

    assertThat(run.out()).contains("checker.yaml:").contains(complaint.strip());
    assertThat(run.err()).doesNotContain("a defect");
    assertThat(run.status()).isEqualTo(ExitStatus.NO);
  }

  @Test
  void shortForm_saysWhereItChecks_andSigtermDrainsIt() throws Exception {
    ServedProcess checker =
        scene.process(
            "envoy-checker",
            "--drain",
            "PT0.2S",
            "--plaintext",
            "--port",
            "0",
            "--http-port",
            "0",
            "--txn-domain",
            "prod");
    String line = checker.line();
    assertThat(line).matches("checking orders on 127\\.0\\.0\\.1:[0-9]+");
    String http = checker.line();
    assertThat(http).matches("  http at http://127\\.0\\.0\\.1:[0-9]+");

    assertThat(ProxyScene.get(ProxyScene.url(http) + "/readyz").statusCode()).isEqualTo(200);
    assertThat(ProxyScene.get(ProxyScene.url(http) + "/.well-known/jwks.json").body())
        .contains("\"kid\"");
    assertThat(checker.terminate()).isEqualTo(143);
  }

  @Test
  void unixSocket_isListenedOn_andGoneAfterTheEnd() throws Exception {
    Path socket = scene.file("checker.sock");
    ServedProcess checker =
        scene.process("envoy-checker", "--drain", "PT0.2S", "--unix", socket.toString());

    assertThat(checker.line()).isEqualTo("checking orders on unix:" + socket.toAbsolutePath());
    try (SocketChannel connection = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      assertThat(connection.connect(UnixDomainSocketAddress.of(socket))).isTrue();
    }
    assertThat(checker.terminate()).isEqualTo(143);
    assertThat(socket).doesNotExist();
  }
}
