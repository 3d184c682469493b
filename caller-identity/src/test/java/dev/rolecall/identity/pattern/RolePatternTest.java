package dev.rolecall.identity.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The roles that a pattern means, and the texts that are no pattern. */
@Tag("attack")
final class RolePatternTest {

  private static final String ACCOUNT = "arn:aws:iam::111122223333:";
  private static final RoleId ID = RoleId.parse("AROAEXAMPLE000000001");
  private static final RoleId OTHER_ID = RoleId.parse("AROAEXAMPLE000000002");

  @ParameterizedTest
  @CsvSource({
    // literal
    "role/checkout, role/checkout, true",
    "role/checkout, role/Checkout, false",
    "role/checkout, role/checkout2, false",
    "role/checkout, role/checkou, false",
    // a path is dropped on both sides
    "role/team/checkout, role/checkout, true",
    "role/checkout, role/team/eu/checkout, true",
    // a trailing * takes zero or more characters, and nothing but the prefix counts
    "role/orders-*, role/orders-, true",
    "role/orders-*, role/orders-eu, true",
    "role/orders-*, role/orders, false",
    "role/orders-*, role/Orders-eu, false",
    "role/orders-*, role/my-orders-eu, false",
    "role/app*, role/app-1, true",
    "role/app*, role/app-evil, true",
    "role/app-*, role/app1, false",
    "role/*, role/anything, true",
    "*, role/anything, true",
    // characters that a regular expression would take for its own
    "role/a.c, role/abc, false",
    "role/a+*, role/aa, false",
    "role/a+*, role/a+b, true",
  })
  void matches_roleOfTheSameAccount(String pattern, String role, boolean expected) {
    assertThat(matches(ACCOUNT + pattern, ACCOUNT + role)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"role/checkout", "role/check*", "role/*", "*"})
  void matches_sameNameInAnotherAccountOrPartition_isFalse(String pattern) {
    assertThat(matches(ACCOUNT + pattern, ACCOUNT + "role/checkout")).isTrue();
    assertThat(matches(ACCOUNT + pattern, "arn:aws:iam::111122223334:role/checkout")).isFalse();
    assertThat(matches(ACCOUNT + pattern, "arn:aws-cn:iam::111122223333:role/checkout")).isFalse();
    assertThat(matches(ACCOUNT + pattern, "arn:aws-us-gov:iam::111122223333:role/checkout"))
        .isFalse();
  }

  @Test
  void matches_pinnedRole_onlyUnderItsUniqueId() {
    RolePattern pinned = RolePattern.parse(ACCOUNT + "role/checkout#AROAEXAMPLE000000001");
    RoleArn role = RoleArn.parse(ACCOUNT + "role/checkout");

    assertThat(pinned.matches(new IamRole(role, ID))).isTrue();
    assertThat(pinned.matches(new IamRole(role, OTHER_ID))).isFalse();
    assertThat(pinned.matches(IamRole.ofUnknownId(role))).isFalse();
    assertThat(pinned.matches(role("arn:aws:iam::111122223333:role/other"))).isFalse();
    assertThat(pinned.matches(role("arn:aws:iam::111122223334:role/checkout"))).isFalse();
  }

  @Test
  void couldMatch_pinnedRole_alsoUnderAnUnknownId() {
    RolePattern pinned = RolePattern.parse(ACCOUNT + "role/checkout#AROAEXAMPLE000000001");
    RoleArn role = RoleArn.parse(ACCOUNT + "role/checkout");
    RoleArn other = RoleArn.parse(ACCOUNT + "role/other");

    assertThat(couldMatch(pinned, new IamRole(role, ID))).isTrue();
    assertThat(couldMatch(pinned, IamRole.ofUnknownId(role))).isTrue();
    assertThat(couldMatch(pinned, new IamRole(role, OTHER_ID))).isFalse();
    assertThat(couldMatch(pinned, IamRole.ofUnknownId(other))).isFalse();
  }

  @Test
  void matches_caller_comparesRoleAndUniqueIdAndNeverTheSessionName() {
    RoleArn role = RoleArn.parse(ACCOUNT + "role/other");
    Caller caller =
        Caller.of(
            new IamRole(role, ID),
            Evidence.ofSession("aws-iam", Evidence.Carrier.CALL_METADATA, "checkout"),
            Instant.EPOCH);

    assertThat(RolePattern.parse(ACCOUNT + "role/checkout").matches(caller)).isFalse();
    assertThat(RolePattern.parse(ACCOUNT + "role/other").matches(caller)).isTrue();
    assertThat(RolePattern.parse(ACCOUNT + "role/other#" + ID).matches(caller)).isTrue();
    assertThat(RolePattern.parse(ACCOUNT + "role/other#" + OTHER_ID).matches(caller)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "AWSReservedSSO_Admin_0123456789abcdef, true",
    "AWSReservedSSO_Admin_Other_0123456789abcdef, false",
    "AWSReservedSSO_Admin_0123456789abcdeF, false",
    "AWSReservedSSO_Admin_0123456789abcde, false",
    "AWSReservedSSO_Admin_0123456789abcdef0, false",
    "AWSReservedSSO_Admin_0123456789abcdeg, false",
    "AWSReservedSSO_Admin0123456789abcdef0, false",
    "AWSReservedSSO_admin_0123456789abcdef, false",
    "AWSReservedSSO_Other_0123456789abcdef, false",
    "awsreservedsso_Admin_0123456789abcdef, false",
    "xAWSReservedSSO_Admin_0123456789abcdef, false",
    "Admin, false",
  })
  void matches_permissionSet_isExact(String roleName, boolean expected) {
    assertThat(matches("sso:111122223333:Admin", ACCOUNT + "role/" + roleName)).isEqualTo(expected);
  }

  @Test
  void matches_permissionSetWhoseNameEndsLikeASuffix_isExact() {
    String longer = "AWSReservedSSO_Admin_0123456789abcdef_0123456789abcdef";

    assertThat(matches("sso:111122223333:Admin", ACCOUNT + "role/" + longer)).isFalse();
    assertThat(matches("sso:111122223333:Admin_0123456789abcdef", ACCOUNT + "role/" + longer))
        .isTrue();
  }

  @Test
  void matches_permissionSetElsewhere_isFalse() {
    String role = "role/AWSReservedSSO_Admin_0123456789abcdef";

    assertThat(matches("sso:111122223333:Admin", "arn:aws:iam::111122223334:" + role)).isFalse();
    assertThat(matches("sso:111122223333:Admin", "arn:aws-cn:iam::111122223333:" + role)).isFalse();
    assertThat(matches("sso:aws-cn:111122223333:Admin", "arn:aws-cn:iam::111122223333:" + role))
        .isTrue();
    assertThat(matches("sso:aws-cn:111122223333:Admin", ACCOUNT + role)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:iam::111122223333:role/checkout",
        "arn:aws:iam::111122223333:role/checkout#AROAEXAMPLE000000001",
        "arn:aws:iam::111122223333:role/orders-*",
        "arn:aws:iam::111122223333:role/*",
        "arn:aws:iam::111122223333:*",
        "arn:aws-us-gov:iam::111122223333:*",
        "sso:111122223333:Admin",
        "sso:aws-cn:111122223333:Admin",
      })
  void toString_writesTheTextThatWasRead(String text) {
    assertThat(RolePattern.parse(text)).hasToString(text);
  }

  @Test
  void toString_literalWithAPath_showsThatThePathIsDropped() {
    assertThat(RolePattern.parse(ACCOUNT + "role/team/checkout"))
        .hasToString(ACCOUNT + "role/checkout");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "*",
        "**",
        "?",
        "arn:*",
        "arn:aws:*",
        "arn:aws:iam:*",
        "arn:aws:iam::*",
        "arn:aws:iam::*:*",
        "arn:*:iam::111122223333:*",
        "arn:aws*:iam::111122223333:*",
        "arn:aws:iam::1111*:*",
        "arn:aws:iam::1111222233*:role/checkout",
        "arn:aws:iam::*:role/checkout",
        "arn:*:iam::111122223333:role/checkout",
        "arn:aws:sts::111122223333:*",
        "arn:aws:iam:us-east-1:111122223333:*",
        "arn:aws:iam::111122223333:**",
        "arn:aws:iam::111122223333:role/x:*",
        "arn:aws:iam::111122223333:role",
        "arn:aws:iam::111122223333:role/",
        "arn:aws:iam::111122223333:rol*",
        "arn:aws:iam::111122223333:role*",
        "arn:aws:iam::111122223333:role/**",
        "arn:aws:iam::111122223333:role/a*b",
        "arn:aws:iam::111122223333:role/*b",
        "arn:aws:iam::111122223333:role/a**",
        "arn:aws:iam::111122223333:role/a?",
        "arn:aws:iam::111122223333:role/a?*",
        "arn:aws:iam::111122223333:role/team/*",
        "arn:aws:iam::111122223333:role/team/orders-*",
        "arn:aws:iam::111122223333:role/te*m/checkout",
        "arn:aws:iam::111122223333:role/te m/checkout",
        "arn:aws:iam::111122223333:role/te\u007fm/checkout",
        "arn:aws:iam::111122223333:role/t\u00e9m/checkout",
        "arn:aws:iam::111122223333:role//checkout",
        "arn:aws:iam::111122223333:role/team//checkout",
        "arn:aws:iam::111122223333:role/team/",
        "arn:aws:iam::111122223333:role/check out",
        "arn:aws:iam::111122223333:role/checkout\n",
        "arn:aws:iam::111122223333:role/ch\u00e9ckout",
        "arn:aws:iam::111122223333:role/[a-z]*",
        "arn:aws:iam::111122223333:role/(a|b)",
        "arn:aws:iam::111122223333:user/checkout",
        "arn:aws:iam::111122223333:user/role/checkout",
        "arn:aws:iam::111122223333:root",
        "arn:aws:iam::111122223333:federated-user/x",
        "arn:aws:sts::111122223333:assumed-role/checkout/i-0abc",
        "arn:aws:sts::111122223333:assumed-role/checkout/*",
        "arn:aws:iam::111122223333:assumed-role/checkout",
        "arn:aws:iam::111122223333:Role/checkout",
        "ARN:aws:iam::111122223333:role/checkout",
        "arn:AWS:iam::111122223333:role/checkout",
        "arn:aws:iam::11112222333:role/checkout",
        "arn:aws:iam::1111222233334:role/checkout",
        "arn:aws:iam:::role/checkout",
        "arn:aws:iam::\u0661\u0661\u0661\u0661\u0662\u0662\u0662\u0662\u0663\u0663\u0663\u0663:*",
        " arn:aws:iam::111122223333:role/checkout",
        "arn:aws:iam::111122223333:role/checkout#",
        "arn:aws:iam::111122223333:role/checkout#AIDAEXAMPLE000000001",
        "arn:aws:iam::111122223333:role/checkout#AROAEXAMPLE",
        "arn:aws:iam::111122223333:role/checkout#*",
        "arn:aws:iam::111122223333:role/check*#AROAEXAMPLE000000001",
        "arn:aws:iam::111122223333:*#AROAEXAMPLE000000001",
        "sso:",
        "sso:111122223333",
        "sso:111122223333:",
        "sso:111122223333:*",
        "sso:111122223333:Adm*",
        "sso:111122223333:Admin/x",
        "sso:*:Admin",
        "sso::Admin",
        "sso:aws:111122223333:Admin:x",
        "sso:nowhere:111122223333:Admin",
        "SSO:111122223333:Admin",
        "111122223333",
        "checkout",
      })
  void parse_noPattern_isRefusedAndSaysWhatWouldBeRight(String text) {
    assertThatThrownBy(() -> RolePattern.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(" (expected: ");
  }

  @Test
  void parse_namesAtAndOverTheirLongest() {
    String prefix = ACCOUNT + "role/";
    assertThat(matches(prefix + "a".repeat(64), prefix + "a".repeat(64))).isTrue();
    assertThatThrownBy(() -> RolePattern.parse(prefix + "a".repeat(65)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RolePattern.parse(prefix + "a".repeat(65) + "*"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RolePattern.parse("sso:111122223333:" + "a".repeat(33)))
        .isInstanceOf(IllegalArgumentException.class);
    String path = "p".repeat(2_048 - prefix.length() - "/checkout".length());
    assertThat(matches(prefix + path + "/checkout", prefix + "checkout")).isTrue();
    assertThatThrownBy(() -> RolePattern.parse(prefix + path + "p/checkout"))
        .hasMessageContaining("at most 2048 characters");
  }

  @Test
  void parse_starAlone_saysWhy() {
    assertThatThrownBy(() -> RolePattern.parse("*"))
        .hasMessage(
            "principal: * (expected: a pattern of one account:"
                + " any AWS account can make a valid proof)");
  }

  private static boolean matches(String pattern, String role) {
    return RolePattern.parse(pattern).matches(role(role));
  }

  private static boolean couldMatch(RolePattern pattern, IamRole role) {
    return pattern.couldMatch(role, Attributes.none());
  }

  private static IamRole role(String arn) {
    return new IamRole(RoleArn.parse(arn), ID);
  }
}
