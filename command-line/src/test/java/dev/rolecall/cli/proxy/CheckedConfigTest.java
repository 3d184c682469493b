package dev.rolecall.cli.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.cli.CommandRun;
import dev.rolecall.cli.terminal.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Judges that a check of a configuration leaves a proxy alone that runs by the same file. */
final class CheckedConfigTest {

  private static final String FRONT =
      """
      port: 0
      write_cert: front.pem
      audiences:
        orders:
          policy: orders.yaml
          audit_file: %s
      """;

  private static final String ROUTES =
      """
      routes:
        main: {audience: orders, upstream: "127.0.0.1:50051"}
      """;

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("orders.yaml"), "name: orders\n", UTF_8);
    Files.writeString(folder.resolve("front.pem"), "of the proxy that runs", UTF_8);
  }

  private CommandRun check(String command, String auditFile) throws IOException {
    String text = FRONT.formatted(auditFile) + (command.equals("relay") ? ROUTES : "");
    Path config = Files.writeString(folder.resolve("proxy.yaml"), text, UTF_8);
    return CommandRun.of(command, "--config", config.toString(), "--check-config");
  }

  @ParameterizedTest
  @CsvSource({"relay", "envoy-checker"})
  void check_writesNoFile(String command) throws IOException {
    CommandRun run = check(command, "audit.log");

    assertThat(run.status()).as(run.out()).isEqualTo(ExitStatus.YES);
    assertThat(folder.resolve("front.pem")).hasContent("of the proxy that runs");
    assertThat(folder.resolve("audit.log")).doesNotExist();
  }

  @Test
  void check_ofACheckerOnASocket_isGood() throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("proxy.yaml"),
            "unix: checker.sock\naudiences: {orders: {policy: orders.yaml}}\n",
            UTF_8);

    CommandRun run =
        CommandRun.of("envoy-checker", "--config", config.toString(), "--check-config");

    assertThat(run.status()).as(run.out()).isEqualTo(ExitStatus.YES);
    assertThat(folder.resolve("checker.sock")).doesNotExist();
  }

  @Test
  void check_findsAnAuditFileThatCannotBeWritten() throws IOException {
    CommandRun run = check("relay", "missing/audit.log");

    assertThat(run.status()).isEqualTo(ExitStatus.NO);
    assertThat(run.out()).contains("audit_file: ", "missing/audit.log: cannot be written");
  }
}
