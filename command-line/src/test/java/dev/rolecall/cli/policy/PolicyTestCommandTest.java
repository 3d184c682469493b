package dev.rolecall.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.cli.CommandRun;
import dev.rolecall.cli.terminal.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PolicyTestCommandTest {

  private static final Path SAMPLES = Path.of("..", "docs", "samples");
  private static final String POLICY = SAMPLES.resolve("orders.yaml").toString();
  private static final String CASES = SAMPLES.resolve("orders.cases.yaml").toString();

  @TempDir Path directory;

  private String file(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content).toString();
  }

  @Test
  void samples_ofTheDocs_passAndAreGood() {
    CommandRun run = CommandRun.of("policy", "test", POLICY, CASES);

    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo("15 cases: 15 passed, 0 failed\n");
    assertThat(run.status()).isEqualTo(ExitStatus.YES);
    assertThat(CommandRun.of("policy", "check", POLICY).status()).isEqualTo(ExitStatus.YES);
  }

  @Test
  void sample_withoutItsDenyRule_failsAsADiffWithTheRuleBehindIt() throws IOException {
    String open =
        file(
            "open.yaml",
            Files.readString(Path.of(POLICY))
                .replace(
                    "role/contractor-*\"]}\n    request: {paths: [\"/orders.v1.Orders/Delete",
                    "role/contractor-*\"]}\n    request: {paths: [\"/orders.v1.Orders/Delet"));

    CommandRun run = CommandRun.of("policy", "test", open, CASES);

    assertThat(run.status()).isEqualTo(ExitStatus.NO);
    assertThat(run.outUnbroken())
        .isEqualTo(
            """
            %s:32:5: arn:aws:iam::111122223333:role/contractor-kim /orders.v1.Orders/Delete
            - expected: deny
            + actual:   allow, by rule "support and contractors do everything" at %s:19:5

            15 cases: 14 passed, 1 failed
            """
                .formatted(CASES, open));
  }

  @Test
  void failure_asJson_isOneObject() throws IOException {
    String cases = file("cases.yaml", "cases: [{caller: nobody, method: /a.B/C, expect: allow}]");

    CommandRun run = CommandRun.of("policy", "test", "--json", POLICY, cases);

    assertThat(run.status()).isEqualTo(ExitStatus.NO);
    assertThat(run.out())
        .isEqualTo(
            "{\"passed\":0,\"failed\":1,\"failures\":[{\"line\":1,\"column\":9,"
                + "\"caller\":\"nobody\",\"method\":\"/a.B/C\",\"expected\":\"allow\","
                + "\"actual\":\"deny\",\"why\":\"the method is not public\"}]}\n");
  }

  @Test
  void brokenCases_couldNotTellAndSaysWhere() throws IOException {
    String cases =
        file("cases.yaml", "cases:\n  - {caller: nobody, methods: /a.B/C, expect: deny}\n");

    CommandRun run = CommandRun.of("policy", "test", POLICY, cases);

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("cases.yaml:2:22: unknown key \"methods\" (expected: method)");
  }

  @Test
  void brokenPolicy_couldNotTellAndSaysWhere() throws IOException {
    CommandRun run = CommandRun.of("policy", "test", file("broken.yaml", "nam: x\n"), CASES);

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.err()).contains("broken.yaml:1:1: unknown key \"nam\" (expected: name)");
  }

  @Test
  void missingFiles_couldNotTell() {
    assertThat(CommandRun.of("policy", "test", POLICY, "none.yaml"))
        .satisfies(run -> assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL))
        .satisfies(
            run -> assertThat(run.err()).contains("none.yaml: cannot be read: no such file"));
    assertThat(CommandRun.of("policy", "test", "none.yaml", CASES).status())
        .isEqualTo(ExitStatus.COULD_NOT_TELL);
  }
}
