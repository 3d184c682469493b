package dev.rolecall.policytools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.policy.document.PolicyDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the snippet of this module's README. */
final class ReadmeSnippetsTest {

  @TempDir private Path dir;

  @Test
  void cases_areThoseAnsweredOtherwise() throws IOException {
    Path policy = Files.writeString(dir.resolve("orders.yaml"), Policies.ORDERS);
    Path cases =
        Files.writeString(
            dir.resolve("orders.cases.yaml"),
            """
            cases:
              - {caller: nobody, method: /orders.v1.Orders/Create, expect: deny}
              - {caller: nobody, method: /orders.v1.Orders/Get, expect: allow}
            """);

    // region cases
    List<CaseResult> wrong =
        PolicyCases.load(cases).under(PolicyDocument.load(policy)).stream()
            .filter(result -> !result.passed())
            .toList();
    // endregion

    assertThat(wrong).singleElement().matches(result -> result.actual().answer() == Answer.DENY);
  }
}
