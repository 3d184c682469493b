package dev.rolecall.stsemulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionContextTest {

  @Test
  void with_addsToWhatIsThere() {
    SessionContext context =
        SessionContext.none()
            .withPrincipalTag("team", "payments")
            .withOrganization("o-abc1234567")
            .withPrincipalTag("stage", "")
            .withClaim("ec2_role_delivery", "2");

    assertThat(context.principalTags())
        .containsExactly(Map.entry("stage", ""), Map.entry("team", "payments"));
    assertThat(context.organizationId()).contains("o-abc1234567");
    assertThat(context.claims()).containsOnlyKeys("ec2_role_delivery");
    assertThat(SessionContext.none().principalTags()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"'',x", "a#b,x", "a,v%w"})
  void withPrincipalTag_thatIamWouldRefuse_isRefused(String key, String value) {
    assertThatThrownBy(() -> SessionContext.none().withPrincipalTag(key, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(expected: ");
  }

  @Test
  void tags_aboveFifty_areRefused() {
    Map<String, String> tags = new TreeMap<>();
    for (int i = 0; i < 51; i++) {
      tags.put("t" + i, "v");
    }

    assertThatThrownBy(
            () -> new SessionContext(tags, Optional.empty(), List.of(), Map.of(), Optional.empty()))
        .hasMessageContaining("principal tags: 51 (expected: at most 50)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "o-", "o-ABC1234567", "x-abc1234567", "o-abc1234567/"})
  void withOrganization_thatIsNone_isRefused(String id) {
    assertThatThrownBy(() -> SessionContext.none().withOrganization(id))
        .hasMessageContaining("organization id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "o-abc1234567", "o-abc1234567/r-ab12", "r-ab12/", "o-abc1234567//"})
  void withOrganization_atNoPath_isRefused(String path) {
    assertThatThrownBy(() -> SessionContext.none().withOrganization("o-abc1234567", path))
        .hasMessageContaining("organization path");
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws_account", "principal_tags", "original_session_exp", "", "x"})
  void withClaim_thatIsNotASessionsOwn_isRefused(String name) {
    assertThatThrownBy(() -> SessionContext.none().withClaim(name, "x"))
        .hasMessageContaining("one of ec2_instance_source_private_ipv4, ");
  }
}
