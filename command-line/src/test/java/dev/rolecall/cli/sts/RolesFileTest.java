package dev.rolecall.cli.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.cli.failure.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RolesFileTest {

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
        "webIdentity: ['111122223333']              | expected: the key roles",
        "'{roles: [{ARN}], webIdentity: []}'        | a list of at least one account",
        "'{roles: [{ARN}], webIdentity: [\"1\"]}'   | account: 1 (expected: 12 digits, in quotes)",
        "'{roles: [{ARN}], webIdentities: []}'      | the keys roles and webIdentity",
        "roles: [                                   | not YAML or JSON",
      })
  void read_wrong_saysWhereAndWhatAndNoSecret(String content, String complaint) throws IOException {
    Path file = file(content.replace("ARN", ARN));

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
