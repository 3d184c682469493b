package dev.rolecall.protopolicy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.policy.MethodPath;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.policy.document.PolicyFile;
import dev.rolecall.policytools.CallerQuery;
import dev.rolecall.policytools.PolicyAnswer;
import dev.rolecall.protopolicy.orders.OrdersGrpc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the snippet of this module's README. */
final class ReadmeSnippetsTest {

  @TempDir private Path dir;

  @Test
  void narrowed_allowsWhatBothAllow() throws IOException {
    Path file =
        Files.writeString(
            dir.resolve("orders.yaml"),
            """
            name: operator
            allow_rules:
              - name: everything
                source: {principals: ["arn:aws:iam::111122223333:*"]}
                request: {paths: ["/*"]}
            """);

    // region narrowed
    PolicyFile operators = PolicyFile.follow(file);
    PolicySource policies =
        PolicySource.fixed(ProtoPolicy.of("orders", OrdersGrpc.getServiceDescriptor()))
            .narrowedBy(operators);
    // endregion

    CallerQuery checkout = CallerQuery.parse("arn:aws:iam::111122223333:role/checkout");
    try (operators) {
      assertThat(answer(policies, checkout, "/orders.v1.Orders/Create")).isEqualTo("allow");
      assertThat(answer(policies, checkout, "/orders.v1.Orders/Delete")).isEqualTo("deny");
    }
  }

  private static String answer(PolicySource policies, CallerQuery caller, String method) {
    return PolicyAnswer.of(policies.current(), caller, MethodPath.parse(method))
        .answer()
        .toString();
  }
}
