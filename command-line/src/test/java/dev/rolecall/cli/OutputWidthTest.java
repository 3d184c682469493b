package dev.rolecall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.cli.terminal.Paragraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The outputs of the commands fit a terminal of 80 columns, but for words that are longer. */
@Timeout(600)
final class OutputWidthTest {

  /** A word behind a label, or a complaint, which is one line for those who search for it. */
  private static final Pattern LONG = Pattern.compile(".{0,22}\\S+|rolecall: .*");

  private static final String CHECKOUT = "arn:aws:iam::111122223333:role/checkout";
  private static final Path SAMPLES = Path.of("..", "docs", "samples");
  private static final String POLICY = SAMPLES.resolve("orders.yaml").toString();
  private static final String CASES = SAMPLES.resolve("orders.cases.yaml").toString();

  @RegisterExtension static final Shell SHELL = new Shell();

  @TempDir Path directory;

  private static void assertFits(CommandRun run, String... words) {
    assertThat(run.out() + run.err()).contains(words);
    assertThat((run.out() + run.err()).lines())
        .filteredOn(line -> !LONG.matcher(line).matches())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(Paragraph.WIDTH));
  }

  private String file(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content).toString();
  }

  private static CommandRun doctor(String profile, String audience, String... more) {
    RunningCommands running = SHELL.running();
    List<String> all = new ArrayList<>(List.of("doctor", "--sts", running.sts()));
    all.addAll(List.of("--server", running.server(), "--audience", audience));
    all.addAll(List.of("--trust-cert", running.certificate().toString()));
    all.addAll(List.of(more));
    return SHELL.as(profile, all.toArray(String[]::new));
  }

  @Test
  void doctor_good_fits() {
    assertFits(doctor("checkout", "orders"), "OK       proof");
  }

  @Test
  void doctor_ofAWrongAudience_fits() {
    assertFits(doctor("checkout", "billing"), "WRONG    proof", "AUDIENCE_MISMATCH");
  }

  @Test
  void doctor_ofADeniedMethod_fits() {
    assertFits(
        doctor("reporting", "orders", "--method", "rolecall.demo.v1.Echo/Say"),
        "METHOD_NOT_ALLOWED",
        "rolecall policy explain");
  }

  @Test
  void call_ofADeniedMethod_fits() {
    RunningCommands running = SHELL.running();

    assertFits(
        SHELL.as(
            "reporting",
            "call",
            "--sts",
            running.sts(),
            "--audience",
            "orders",
            "--trust-cert",
            running.certificate().toString(),
            running.server(),
            "rolecall.demo.v1.Echo/Say"),
        "METHOD_NOT_ALLOWED",
        "rolecall policy explain");
  }

  @Test
  void verify_ofAProofForAnother_fits() {
    String sts = SHELL.running().sts();
    CommandRun token = SHELL.as("checkout", "token", "--audience", "orders", "--sts", sts);
    assertFits(token, "rolecall-v1~");

    String proof = token.out().strip();
    assertFits(CommandRun.of("verify", "--audience", "orders", "--sts", sts, proof), CHECKOUT);
    assertFits(
        CommandRun.of("verify", "--audience", "billing", "--sts", sts, proof), "AUDIENCE_MISMATCH");
  }

  @Test
  void tlsInspect_fits() {
    RunningCommands running = SHELL.running();
    for (String server : List.of(running.server(), running.attestedServer())) {
      for (String audience : List.of("orders", "billing")) {
        assertFits(
            CommandRun.of("tls", "inspect", "--audience", audience, "--sts", running.sts(), server),
            "    ");
      }
    }
  }

  @Test
  void policyInit_fits() {
    RunningCommands running = SHELL.running();

    assertFits(
        SHELL.as(
            "checkout",
            "policy",
            "init",
            "--sts",
            running.sts(),
            "--audience",
            "orders",
            "--trust-cert",
            running.certificate().toString(),
            running.server()),
        "#allow_rules:",
        "#public_methods:");
  }

  @Test
  void policyExplain_fits() {
    for (String method : List.of("/orders.v1.Orders/Create", "/orders.v1.Orders/Delete")) {
      assertFits(
          CommandRun.of("policy", "explain", POLICY, "--role", CHECKOUT, "--method", method),
          "by any of these changes:");
    }
  }

  @Test
  void policyTest_andDiff_fit() throws IOException {
    String changed =
        file(
            "changed.yaml", Files.readString(Path.of(POLICY)).replace("Orders/Create", "Orders/C"));
    String roles = file("roles.txt", CHECKOUT + "\n");

    assertFits(CommandRun.of("policy", "test", changed, CASES), "+ actual:");
    assertFits(
        CommandRun.of("policy", "diff", POLICY, changed, "--roles", roles), "answers change");
  }
}
