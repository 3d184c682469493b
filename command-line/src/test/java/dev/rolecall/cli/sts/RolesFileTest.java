package dev.rolecall.cli.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.EmulatedPrincipal;
import dev.rolecall.stsemulator.StsEmulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RolesFileTest {

  private static final String SET = "account: '111122223333', name: Engineer";
  private static final String ARN = "arn: arn:aws:iam::111122223333:role/checkout";

  @TempDir Path directory;

  private Path file(String content) throws IOException {
    return Files.writeString(directory.resolve("roles.yaml"), content);
  }

  @Test
  void read_everyKey_isAccepted() throws IOException {
    Path file =
        file(
            """
            roles:
              - arn: arn:aws:iam::111122223333:role/checkout
                sessionName: i-0abc
                uniqueId: AROAEXAMPLE0000000001
                accessKeyId: ASIAEXAMPLE0000000001
                secretAccessKey: abcdefgh
                sessionToken: ijklmnop
                tags: {team: payments, "cost-center": "12"}
                orgId: o-abc1234567
                ouPath: o-abc1234567/r-ab12/
              - arn: arn:aws:iam::111122223333:role/reporting
            webIdentity: ["111122223333", "444455556666"]
            """);

    assertThat(RolesFile.read(file).principals()).hasSize(2);
    assertThat(RolesFile.read(file).webIdentityAccounts())
        .containsExactly("111122223333", "444455556666");
  }

  @Test
  void read_permissionSets_areTheirUsers() throws IOException {
    Path file =
        file(
            """
            permissionSets:
              - account: "111122223333"
                name: Engineer
                roleId: AROAENGINEER00000001
                users: [ana@example.com, ben@example.com]
              - {account: "444455556666", name: Lead, users: [ana@example.com]}
            """);

    List<EmulatedPrincipal> users = RolesFile.read(file).principals();

    try (StsEmulator sts = StsEmulator.start()) {
      List<EmulatedCredentials> added = users.stream().map(sts::add).toList();
      assertThat(added.get(1).userId()).isEqualTo("AROAENGINEER00000001:ben@example.com");
      assertThat(added)
          .extracting(EmulatedCredentials::callerArn)
          .containsExactly(
              "arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Engineer_0123456789abcdef/ana@example.com",
              "arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Engineer_0123456789abcdef/ben@example.com",
              "arn:aws:sts::444455556666:assumed-role/AWSReservedSSO_Lead_0123456789abcdef/ana@example.com");
      Set<String> taken = new LinkedHashSet<>();
      added.forEach(each -> taken.add(CredentialsFile.profileOf(each, taken)));
      assertThat(taken).containsExactly("ana", "ben", "ana-2");
    }
  }

  @Test
  void read_json_isAccepted() throws IOException {
    Path file = file("{\"roles\": [{\"arn\": \"arn:aws:iam::111122223333:role/checkout\"}]}");

    assertThat(RolesFile.read(file).principals()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                         | empty",
        "roles: []                                  | roles.yaml:1:8: roles",
        "role: []                                   | roles.yaml:1:1",
        "roles: [{sessionName: ab}]                 | a role without arn",
        "roles: [{ARN, sesionName: ab}]             | sesionName: unknown key",
        "roles: [{ARN, arn: x}]                     | arn: repeated",
        "roles: [{ARN, sessionName: [a]}]           | expected: one value",
        "roles: [{ARN, sessionName: a/b}]           | session name: a/b (expected:",
        "roles: [{ARN, userId: 'a b'}]              | user id: a b (expected:",
        "roles: [{arn: arn:aws:iam::1:role/r}]      | arn:aws:iam::1:role/r",
        "roles: [{ARN, secretAccessKey: 'se cret'}] | secret access key: ****",
        "roles: [{ARN, tags: [a]}]                  | tags: a mapping of keys to values",
        "roles: [{ARN, tags: {'a#': b}}]            | tag key: a# (expected:",
        "roles: [{ARN, tags: {a: b, a: c}}]         | a: repeated",
        "roles: [{ARN, orgId: x}]                   | organization id: x (expected:",
        "roles: [{ARN, ouPath: x}]                  | ouPath without orgId",
        "roles: [{ARN, orgId: o-abc1234567, ouPath: x}] | organization path: x (expected:",
        "webIdentity: ['111122223333']              | expected: the key roles or permissionSets",
        "permissionSets: []                         | permissionSets (expected: a list of at least",
        "permissionSets: [{name: A, users: [a]}]    | a permission set without account",
        "permissionSets: [{account: '1', users: [a]}] | a permission set without name",
        "permissionSets: [{account: '1', name: A, users: [a]}] | account: 1 (expected: 12 digits)",
        "permissionSets: [{SET, users: []}]         | users (expected: a list of at least one user)",
        "permissionSets: [{SET}]                    | a permission set without users",
        "permissionSets: [{SET, users: [a/b]}]      | session name: a/b (expected:",
        "permissionSets: [{SET, role: x, users: [a]}] | role: unknown key (expected: account, name",
        "permissionSets: [{SET, roleId: x, users: [a]}] | unique id: x (expected:",
        "'{roles: [{ARN}], webIdentity: []}'        | a list of at least one account",
        "'{roles: [{ARN}], webIdentity: [\"1\"]}'   | account: 1 (expected: 12 digits, in quotes)",
        "'{roles: [{ARN}], webIdentities: []}'      | the keys roles, permissionSets and webIdentity",
        "roles: [                                   | not YAML or JSON",
      })
  void read_wrong_saysWhereAndWhatAndNoSecret(String content, String complaint) throws IOException {
    Path file = file(content.replace("ARN", ARN).replace("SET", SET));

    assertThatThrownBy(() -> RolesFile.read(file))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining(complaint)
        .message()
        .doesNotContain("se cret");
  }

  @Test
  void read_missingFile_saysSo() {
    assertThatThrownBy(() -> RolesFile.read(directory.resolve("none")))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("none: cannot be read");
  }

  @Test
  void read_alias_isRefused() throws IOException {
    Path file = file("roles: &r [{" + ARN + "}, *r]\n");

    assertThatThrownBy(() -> RolesFile.read(file)).isInstanceOf(CommandFailure.class);
  }
}
