package dev.rolecall.policy.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The names of permissions and resources, and what a rule requires by them. */
@Tag("attack")
final class GrantNamesTest {

  private static final String LONGEST = "p".repeat(64);

  @ParameterizedTest
  @ValueSource(strings = {"a", "orders-admin", "orders.v1_admin", "z9"})
  void permission_ofTheForm_isOne(String name) {
    assertThat(PermissionName.of(name)).hasToString(name);
    assertThat(PermissionName.isValid(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "A", "Orders", "9a", "-a", ".a", "_a", "a b", "a/b", "a:b", "a*", "a\n", "\u00e9", "a,b"
      })
  void permission_ofAnotherForm_isRefused(String name) {
    assertThat(PermissionName.isValid(name)).isFalse();
    assertThatThrownBy(() -> PermissionName.of(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("permission: ")
        .hasMessageEndingWith("(expected: " + PermissionName.RULE + ")");
  }

  @Test
  void permission_ofTheGreatestLength_isOne() {
    assertThat(PermissionName.of(LONGEST)).hasToString(LONGEST);
    assertThatThrownBy(() -> PermissionName.of(LONGEST + "p"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "orders/eu-west-1", "A/b.c_d~e-f/9", "...", "a/..."})
  void resource_ofTheForm_isOne(String name) {
    assertThat(ResourceName.of(name)).hasToString(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/a",
        "a/",
        "a//b",
        ".",
        "..",
        "a/..",
        "../a",
        "a/./b",
        "a b",
        "a,b",
        "a*",
        "a:b",
        "a\\b",
        "a\n",
        "a/\u0000",
        "\u00e9",
        "{header:x}",
        "a%2fb"
      })
  void resource_ofAnotherForm_isRefused(String name) {
    assertThatThrownBy(() -> ResourceName.of(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("resource: ")
        .hasMessageEndingWith("(expected: " + ResourceName.RULE + ")");
  }

  @Test
  void resource_ofTheGreatestLength_isOne() {
    String longest = "a".repeat(100) + "/" + "b".repeat(99);

    assertThat(ResourceName.of(longest).value()).hasSize(200);
    assertThatThrownBy(() -> ResourceName.of(longest + "b"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ResourceName.of("a".repeat(101)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void requirement_saysItsPermissionAndResource() {
    assertThat(GrantRequirement.of("orders-admin")).hasToString("orders-admin");
    assertThat(GrantRequirement.of("orders-admin", "orders/{header:x-region}"))
        .hasToString("orders-admin orders/{header:x-region}")
        .isNotEqualTo(GrantRequirement.of("orders-admin"));
    assertThatThrownBy(() -> GrantRequirement.of("Orders"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> GrantRequirement.of("orders", ".."))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
