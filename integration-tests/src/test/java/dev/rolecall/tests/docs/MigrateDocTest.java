package dev.rolecall.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.rolecall.access.AuditRules;
import dev.rolecall.access.audit.AuditCondition;
import dev.rolecall.access.audit.AuditLog;
import dev.rolecall.cli.Rolecall;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.policy.document.PolicyFile;
import dev.rolecall.tests.checkout.Checkout;
import dev.rolecall.tls.AttestedChannel;
import dev.rolecall.tls.AttestedTls;
import dev.rolecall.verifier.StsVerifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code and the commands of docs/migrate.md are those that run. */
class MigrateDocTest {

  private static final String PAGE = Checkout.text("docs/migrate.md");
  private static final Pattern CODE =
      Pattern.compile("(?m)^<!-- of: (\\S+) -->\\n```java\\n(?s:(.*?))^```$");
  private static final Pattern COMMAND = Pattern.compile("(?m)^ {4}rolecall (.*?)(?: > .*)?$");

  @TempDir Path directory;

  /** But for the breaks of lines, which the formatter sets. */
  @Test
  void code_isWhatRunsHere() {
    assertThat(CODE.matcher(PAGE).results())
        .hasSize(3)
        .allSatisfy(
            code ->
                assertThat(joined(Checkout.text(code.group(1)))).contains(joined(code.group(2))));
  }

  private static String joined(String code) {
    return code.lines().map(String::strip).collect(Collectors.joining());
  }

  @Test
  void commands_areOnesThatThereAre() {
    List<String> commands =
        COMMAND.matcher(PAGE).results().map(command -> command.group(1)).toList();
    assertThat(commands).hasSize(5);
    for (String command : commands) {
      assertThatCode(() -> Rolecall.commandLine().parseArgs(command.split(" ", -1)))
          .as(command)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void guard_thatAdmitsAndRecords_isBuilt() throws Exception {
    Path policyFile = Files.writeString(directory.resolve("orders.yaml"), "name: orders\n");
    Path auditFile = directory.resolve("audit.jsonl");
    CallGuard guard =
        CallGuard.builder(PolicyFile.follow(policyFile))
            .accept(StsVerifier.forAudience("orders"))
            .audit(AuditRules.ofDefaults().to(AuditLog.toFile(auditFile)).on(AuditCondition.BOTH))
            .admitAndRecordInsteadOfRefusing()
            .build();
    guard.close();
    assertThat(auditFile).exists();
  }

  @Test
  void audiences_ofARenaming_areTaken() {
    StsVerifier verifier = StsVerifier.forAudience("orders", "orders-v2");
    AttestedChannel.Builder channel =
        AttestedTls.channel("orders").verifier(StsVerifier.forAudience("orders", "orders-v2"));

    assertThat(verifier.audience().name()).isEqualTo("orders");
    assertThat(channel).isNotNull();
  }
}
