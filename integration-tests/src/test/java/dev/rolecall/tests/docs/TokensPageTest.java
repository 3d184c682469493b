package dev.rolecall.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.guard.CallGuard;
import dev.rolecall.guard.CallGuardBuilder;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.policy.document.SettablePolicy;
import dev.rolecall.tests.checkout.Checkout;
import dev.rolecall.tokens.IssuerProfile;
import dev.rolecall.tokens.TokenIssuer;
import dev.rolecall.tokens.TokenVerifier;
import dev.rolecall.verifier.StsVerifier;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page on tokens: its code compiles, its rules load, its profiles exist. */
final class TokensPageTest {

  private static final String PAGE = "docs/tokens.md";
  private static final Pattern RULES = Pattern.compile("\n```yaml\n(.*?)```\n", Pattern.DOTALL);
  private static final Pattern PROFILE = Pattern.compile("--issuer-profile \\w+=(\\w+)");

  static CallGuardBuilder guard(PolicySource policies) {
    // region server
    TokenVerifier tokens =
        TokenVerifier.forAudience("orders")
            .accept(TokenIssuer.of("corp", "https://login.example").profile(IssuerProfile.KEYCLOAK))
            .accept(
                TokenIssuer.of("github", "https://token.actions.githubusercontent.com")
                    .profile(IssuerProfile.GITHUB));
    CallGuardBuilder guard =
        CallGuard.builder(policies).accept(StsVerifier.forAudience("orders")).accept(tokens);
    // endregion
    return guard;
  }

  static List<String> rules() {
    return RULES.matcher(Checkout.text(PAGE)).results().map(each -> each.group(1)).toList();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void rule_loads(String rule) {
    String text = "name: page\nallow_rules:\n" + rule.indent(2);

    AccessPolicy policy = SettablePolicy.of(PAGE, text.getBytes(StandardCharsets.UTF_8)).current();

    assertThat(policy.rules()).hasSize(1);
  }

  @Test
  void profiles_exist() {
    assertThat(PROFILE.matcher(Checkout.text(PAGE)).results().map(each -> each.group(1)))
        .isNotEmpty()
        .allSatisfy(name -> assertThat(IssuerProfile.named(name)).as(name).isPresent());
  }

  @Test
  void rules_areThoseOfElevenCallers() {
    assertThat(rules()).hasSize(11);
    assertThat(guard(SettablePolicy.of(AccessPolicy.builder("page").build()))).isNotNull();
  }
}
