package dev.rolecall.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The small values: each with what it refuses and what its complaint shows. */
@Tag("attack")
final class IdentityValuesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "11112222333",
        "1111222233334",
        "11112222333a",
        " 11112222333",
        "-11112222333",
        "\u0661\u0661\u0661\u0661\u0662\u0662\u0662\u0662\u0663\u0663\u0663\u0663",
        "111122223333\n"
      })
  void accountId_notTwelveDigits_isRefused(String text) {
    assertThatThrownBy(() -> AccountId.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("(expected: 12 digits)");
  }

  @Test
  void accountId_leadingZeros_areKept() {
    assertThat(AccountId.parse("000000000001")).hasToString("000000000001");
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws", "aws-cn", "aws-us-gov", "aws-iso-b", "aws-eusc"})
  void partition_ofThatForm_isRead(String text) {
    assertThat(Partition.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "AWS",
        "aws-",
        "aws--cn",
        "aws-CN",
        "awscn",
        "xaws",
        "aws-c1",
        "aws-a-b-c-d",
        "aws-ninechars",
        "aws\n",
        "*",
        "aws-*"
      })
  void partition_otherForm_isRefused(String text) {
    assertThatThrownBy(() -> Partition.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void partition_aws_isTheCommercialOne() {
    assertThat(Partition.AWS).isEqualTo(Partition.parse("aws"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Orders", ".a", "a.", "-a", "a-", "a_b", "a b", "a/b", "order\u017f"})
  void audience_otherForm_isRefused(String text) {
    assertThatThrownBy(() -> Audience.of(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void audience_atAndOverItsLongest() {
    assertThat(Audience.of("a".repeat(128)).name()).hasSize(128);
    assertThatThrownBy(() -> Audience.of("a".repeat(129)))
        .hasMessageContaining("1 to 128 characters");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "AROA",
        "AROAEXAMPLE0000",
        "AIDAEXAMPLE000000001",
        "aroaexample000000001",
        "AROAEXAMPLE00000000:",
        "AROAEXAMPLE000000001:session"
      })
  void roleId_otherForm_isRefused(String text) {
    assertThatThrownBy(() -> RoleId.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void roleId_atAndOverItsLengths() {
    assertThat(RoleId.parse("AROA" + "A".repeat(12)).value()).hasSize(16);
    assertThat(RoleId.parse("AROA" + "A".repeat(124)).value()).hasSize(128);
    assertThatThrownBy(() -> RoleId.parse("AROA" + "A".repeat(125)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:iam::111122223333:role/checkout",
        "arn:aws:iam::111122223333:role/team/checkout",
        "arn:aws:iam::111122223333:role/a/b/c/checkout",
        "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/checkout",
        "arn:aws:iam::111122223333:role/!~/checkout"
      })
  void roleArn_anyPath_isDropped(String text) {
    assertThat(RoleArn.parse(text)).hasToString("arn:aws:iam::111122223333:role/checkout");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:iam::111122223333:user/assumed-role/checkout",
        "arn:aws:sts::111122223333:assumed-role/checkout/session",
        "arn:aws:iam::111122223333:role/check*",
        "arn:aws:iam::111122223333:role/",
        "arn:aws:iam::111122223333:role/a:b",
        "arn:aws:iam::111122223333:role/\u0000/checkout",
        "arn:aws:iam::111122223333:role/ /checkout",
        "arn:aws:iam::111122223333:role/\u007f/checkout",
        "arn:aws:iam::111122223333:root"
      })
  void roleArn_notOneRole_isRefused(String text) {
    assertThatThrownBy(() -> RoleArn.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void complaint_valueWithControlCharacters_cannotForgeALogLine() {
    assertThatThrownBy(() -> RoleArn.parse("x\r\nINFO all is well\u001b[2J\u202e\ud83d\ude00"))
        .hasMessage(
            "role ARN: x\\u{d}\\u{a}INFO all is well\\u{1b}[2J\\u{202e}\\u{1f600}"
                + " (expected: arn:{partition}:iam::{account}:role/{name})");
  }

  @Test
  void complaint_valueOfPrintableCharacters_isAsItWas() {
    assertThatThrownBy(() -> AccountId.parse(" ~\u007f"))
        .hasMessage("account:  ~\\u{7f} (expected: 12 digits)");
  }

  @Test
  void complaint_longValue_isCut() {
    assertThatThrownBy(() -> AccountId.parse("9".repeat(200)))
        .hasMessage("account: " + "9".repeat(200) + " (expected: 12 digits)");
    assertThatThrownBy(() -> AccountId.parse("9".repeat(10_000)))
        .hasMessage("account: " + "9".repeat(200) + "... (expected: 12 digits)");
  }

  @ParameterizedTest
  @EnumSource(RefusalReason.class)
  void refusalReason_saysItInOneWordAndOneSentence(RefusalReason reason) {
    assertThat(reason.label()).matches("[a-z_]+").isEqualTo(reason.name().toLowerCase(Locale.ROOT));
    assertThat(reason.description()).isNotBlank().hasSizeLessThan(100);
    assertThat(reason.statusDescription()).isEqualTo(reason.name() + ": " + reason.description());
  }
}
