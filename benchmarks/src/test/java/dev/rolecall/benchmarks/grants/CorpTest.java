package dev.rolecall.benchmarks.grants;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.service.rules.AccessRules;
import dev.rolecall.service.rules.document.RulesDocument;
import org.junit.jupiter.api.Test;

class CorpTest {

  @Test
  void rules_areRead_andGiveOutWhatThePolicyRequires() {
    AccessRules rules =
        RulesDocument.read("rules.yaml", Corp.rules().getBytes(UTF_8))
            .fold(
                loaded -> loaded.rules(),
                rejected -> {
                  throw new AssertionError(rejected.problems());
                });

    assertThat(rules.rules()).containsOnlyKeys(PermissionName.of(Corp.PERMISSION));
    assertThat(Corp.policy().permissions()).isEqualTo(rules.rules().keySet());
  }
}
