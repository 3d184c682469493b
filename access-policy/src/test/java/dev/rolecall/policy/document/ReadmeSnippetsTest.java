package dev.rolecall.policy.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.Caller;
import dev.rolecall.policy.Callers;
import dev.rolecall.policy.Decision;
import dev.rolecall.policy.MethodPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the snippet of this module's README. */
final class ReadmeSnippetsTest {

  @TempDir private Path dir;

  @ParameterizedTest
  @CsvSource({"checkout, true", "stranger, false"})
  void follow_decidesByTheFile(String role, boolean expected) throws IOException {
    Path file = Files.writeString(dir.resolve("orders.yaml"), PolicyLoadedTest.ORDERS);
    Caller caller = Callers.named(role);

    // region follow
    PolicyFile policies = PolicyFile.follow(file);
    Decision decision =
        policies.current().decide(caller, MethodPath.parse("/orders.v1.Orders/Create"));
    // endregion

    try (policies) {
      assertThat(decision.isAllowed()).isEqualTo(expected);
    }
  }
}
