package dev.rolecall.identity.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rolecall.identity.ApiClient;
import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.Principal;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kinds of principals, and the patterns of each. */
@Tag("attack")
final class PrincipalPatternTest {

  private static final IamRole ROLE =
      IamRole.of("arn:aws:iam::111122223333:role/ci", "AROAEXAMPLE000000001");
  private static final ApiClient CLIENT = new ApiClient("ci");

  @Test
  void principals_haveOneTextAndAGroup() {
    assertThat(ROLE.text()).isEqualTo("arn:aws:iam::111122223333:role/ci");
    assertThat(ROLE.group()).isEqualTo("111122223333");
    assertThat(CLIENT.text()).isEqualTo("key:ci");
    assertThat(CLIENT.group()).isEqualTo("key:ci");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Ci", "1ci", "-ci", "c_i", "c i", "c.i", "ci\n", "c\u0131", "key:ci"})
  void apiClient_ofAnotherForm_isRefused(String name) {
    assertThatThrownBy(() -> new ApiClient(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("API client: ");
  }

  @Test
  void apiClient_atAndOverItsLength() {
    assertThat(new ApiClient("a" + "-".repeat(63)).name()).hasSize(64);
    assertThatThrownBy(() -> new ApiClient("a".repeat(65)))
        .hasMessageEndingWith("(expected: 1 to 64 characters of a-z 0-9 -, the first a letter)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:iam::111122223333:role/ci",
        "arn:aws:iam::111122223333:role/ci#AROAEXAMPLE000000001",
        "oidc:okta:ci",
        "spiffe://corp.example/ci",
        "dns:mesh:ci.example",
        "key:ci"
      })
  void patternOfOne_tellsItsPrincipal(String text) {
    PrincipalPattern pattern = PrincipalPattern.parse(text);

    Principal one = pattern.onlyPrincipal().orElseThrow();

    assertThat(text).startsWith(one.text());
    assertThat(matches(pattern, one)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:iam::111122223333:role/c*",
        "arn:aws:iam::111122223333:*",
        "sso:111122223333:Admin",
        "oidc:okta:*",
        "oidc:okta:team/*",
        "client:okta:ci",
        "spiffe://corp.example/*"
      })
  void patternOfSeveral_tellsNoPrincipal(String text) {
    assertThat(PrincipalPattern.parse(text).onlyPrincipal()).isEmpty();
  }

  @Test
  void keyPattern_matchesThatClientAlone() {
    PrincipalPattern pattern = PrincipalPattern.parse("key:ci");

    assertThat(pattern).hasToString("key:ci").isEqualTo(new ApiClientPattern(CLIENT));
    assertThat(matches(pattern, CLIENT)).isTrue();
    assertThat(matches(pattern, new ApiClient("ci-2"))).isFalse();
    assertThat(matches(pattern, new ApiClient("c"))).isFalse();
    assertThat(matches(pattern, ROLE)).isFalse();
    assertThat(pattern.matches(caller(CLIENT))).isTrue();
    assertThat(pattern.matches(caller(ROLE))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:iam::111122223333:role/ci",
        "arn:aws:iam::111122223333:role/ci#AROAEXAMPLE000000001",
        "arn:aws:iam::111122223333:role/*",
        "arn:aws:iam::111122223333:*"
      })
  void rolePattern_neverMatchesAnApiClient(String text) {
    PrincipalPattern pattern = PrincipalPattern.parse(text);

    assertThat(pattern).isEqualTo(RolePattern.parse(text));
    assertThat(matches(pattern, ROLE)).isTrue();
    assertThat(matches(pattern, CLIENT)).isFalse();
    assertThat(pattern.matches(caller(CLIENT))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"key:", "key:*", "key:ci*", "key:CI", "key:ci:2", "key:ci#x", "key: ci"})
  void keyPattern_thatIsNoExactName_isRefused(String text) {
    assertThatThrownBy(() -> PrincipalPattern.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "principal: "
                + text
                + " (expected: key:{name}, the name 1 to 64 characters of a-z 0-9 -, the first a"
                + " letter)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"oidcs:okta:x", "keys:ci", "spiffe:prod", "sso", "user:x\n"})
  void unknownPrefix_namesTheSpellings(String text) {
    assertThatThrownBy(() -> PrincipalPattern.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("arn:{partition}:iam::{account}:role/{name}");
  }

  @Test
  void unknownPrefix_namesEachKind() {
    assertThatThrownBy(() -> PrincipalPattern.parse("user:x"))
        .hasMessage(
            "principal: user:x (expected: arn:{partition}:iam::{account}:role/{name},"
                + " arn:...:*, sso:{account}:{permission set}, oidc:{alias}:{subject},"
                + " client:{alias}:{client id}, spiffe://{domain}/{path}, dns:{alias}:{name} or"
                + " key:{name})");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"*", "checkout", "arn:aws:iam::111122223333:user/x", "sso:1:Admin", "Key:ci"})
  void otherTexts_areRefusedAsRolePatternsAre(String text) {
    assertThatThrownBy(() -> PrincipalPattern.parse(text))
        .hasMessage(catchThrowable(() -> RolePattern.parse(text)).getMessage());
  }

  private static boolean matches(PrincipalPattern pattern, Principal principal) {
    return pattern.matches(principal, Attributes.none());
  }

  private static Caller caller(Principal principal) {
    return Caller.of(principal, Evidence.of("test", Evidence.Carrier.CALL_METADATA), Instant.EPOCH);
  }
}
