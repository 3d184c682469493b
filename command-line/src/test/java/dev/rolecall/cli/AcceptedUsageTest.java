package dev.rolecall.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.cli.terminal.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options of accepted Regions and endpoints that no verifier can have: never a defect. */
final class AcceptedUsageTest {

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          verify --audience orders --sts-region mars-1 x      | region: mars-1 (expected: a Region of an accepted partition: [aws])
          verify --audience orders --sts-region mars_1 x      | --sts-region: region: mars_1
          verify --audience orders --sts https://sts.eu-west-1.amazonaws.com x | both https://sts.eu-west-1.amazonaws.com in us-east-1 of aws and https://sts.eu-west-1.amazonaws.com in eu-west-1 of aws
          serve --audience orders --policy {policy} --sts-region mars-1 | region: mars-1 (expected: a Region of an accepted partition: [aws])
          serve --audience orders --policy {policy} --web-identity 111122223333=http://x.example | --web-identity: issuer: http://x.example
          verify --audience orders --issuer corp=https://x.example --issuer-profile corp=cognito x | --issuer-client: corp: none (expected: one,
          verify --audience orders --issuer corp=https://x.example --issuer-profile corp=aws x | --issuer-profile: aws (expected: one of rfc9068,
          verify --audience orders --issuer corp=https://x.example --issuer-profile corp=spiffe x | --issuer-profile: spiffe (expected: one of rfc9068,
          serve --audience orders --policy {policy} --issuer corp=https://x.example --introspect corp=https://x.example/i --introspect-client-file corp=no/file | --introspect-client-file: no/file: cannot be read: no such file
          serve --audience orders --policy {policy} --issuer corp=https://x.example --introspect corp=https://x.example/i --introspect-client-file corp={policy} | orders.yaml: not a client (expected: two lines, the client id and the secret)
          serve --audience orders --policy {policy} --sts https://sts.eu-west-1.amazonaws.com | (expected: one URL, Region and partition for each host)
          """)
  void settings_thatNoVerifierCanHave_areNamedAndExitTwo(String arguments, String complaint)
      throws IOException {
    Path policy = Files.writeString(directory.resolve("orders.yaml"), "name: orders\n", UTF_8);

    CommandRun run =
        CommandRun.of(arguments.strip().replace("{policy}", policy.toString()).split(" ", -1));

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.err()).contains(complaint.strip()).doesNotContain("defect");
    assertThat(run.out()).isEmpty();
  }
}
