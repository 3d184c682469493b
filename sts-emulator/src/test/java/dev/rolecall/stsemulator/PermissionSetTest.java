package dev.rolecall.stsemulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rolecall.stsemulator.protocol.StsErrorCode;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermissionSetTest extends EmulatorTest {

  private static final PermissionSet ENGINEER = PermissionSet.of("111122223333", "Engineer");

  @Test
  void users_ofOneSet_shareItsRoleAndHaveTheirOwnSessions() throws Exception {
    EmulatedCredentials ana = emulator.add(ENGINEER.user("ana@example.com"));
    EmulatedCredentials ben = emulator.add(ENGINEER.user("ben@example.com"));

    assertThat(ana.userId()).isEqualTo(ENGINEER.roleId() + ":ana@example.com");
    assertThat(ben.userId()).isEqualTo(ENGINEER.roleId() + ":ben@example.com");
    HttpResponse<String> caller = get(signer(ben).presign());
    assertThat(field(caller, "Arn"))
        .isEqualTo(
            "arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Engineer_0123456789abcdef/ben@example.com");
  }

  @Test
  void assumeRole_ofAPermissionSet_isAccessDenied() throws Exception {
    emulator.add(ENGINEER.user("ana@example.com"));

    assertRefused(
        signer()
            .action("AssumeRole")
            .parameter("RoleArn", ENGINEER.roleArn())
            .parameter("RoleSessionName", "ben@example.com")
            .presign(),
        StsErrorCode.ACCESS_DENIED,
        "is not authorized to perform: sts:AssumeRole on resource: " + ENGINEER.roleArn());
  }

  @Test
  void roleId_followsFromAccountAndName_unlessStated() {
    assertThat(PermissionSet.of("111122223333", "Engineer")).isEqualTo(ENGINEER);
    assertThat(PermissionSet.of("111122223334", "Engineer").roleId())
        .isNotEqualTo(ENGINEER.roleId());
    assertThat(PermissionSet.of("111122223333", "Lead").roleId()).isNotEqualTo(ENGINEER.roleId());
    assertThat(ENGINEER.roleId()).matches("AROA[A-Z0-9]{17}");
    assertThat(
            emulator
                .add(ENGINEER.withRoleId("AROAENGINEER00000001").user("ana@x.example"))
                .userId())
        .isEqualTo("AROAENGINEER00000001:ana@x.example");
  }

  /** No caller, and no test, may leave the name of such a session to chance. */
  @Test
  void role_withoutASessionName_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> emulator.addRole(ENGINEER.roleArn()))
        .withMessageContaining("expected: a session name: Identity Center gives the user's");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "a b", "abcdefghijklmnopqrstuvwxyz0123456", "a\n"})
  void name_thatIdentityCenterDoesNotGive_isRefused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PermissionSet.of("111122223333", name))
        .withMessageContaining("permission set: ");
  }

  @Test
  void accountUserAndId_thatAwsDoesNotGive_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PermissionSet.of("1111", "Engineer"))
        .withMessageContaining("account: 1111 (expected: 12 digits)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ENGINEER.user("ana/ben"))
        .withMessageContaining("session name: ana/ben");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ENGINEER.withRoleId("AIDAENGINEER00000001").user("ana"))
        .withMessageContaining("starts with AROA");
  }
}
