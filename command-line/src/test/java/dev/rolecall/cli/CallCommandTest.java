package dev.rolecall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls to a server that runs as its users run it. */
@Timeout(180)
final class CallCommandTest {

  /** Where the AWS SDK looks before it looks into the environment. */
  private static final String CREDENTIALS_FILE = "aws.sharedCredentialsFile";

  private static final String PROFILE = "aws.profile";
  private static final String NO_INSTANCE = "aws.disableEc2Metadata";

  private static final String WHO_AM_I = "rolecall.demo.v1.Echo/WhoAmI";
  private static final String POLICY =
      """
      name: orders
      allow_rules:
        - name: checkout does everything
          source: {principals: ["arn:aws:iam::111122223333:role/checkout"]}
          request: {paths: ["/rolecall.demo.v1.Echo/*"]}
      public_methods: ["/grpc.reflection.v1.ServerReflection/*"]
      """;

  @TempDir static Path directory;
  private static ServedProcess sts;
  private static ServedProcess serve;
  private static String stsUrl;
  private static String server;

  @BeforeAll
  static void start() throws IOException {
    Files.writeString(directory.resolve("orders.yaml"), POLICY);
    sts =
        ServedProcess.start(
            Map.of(), "sts", "--port", "0", "--write-credentials", at("credentials"));
    stsUrl = lastWord(sts.line());
    serve =
        ServedProcess.start(
            Map.of(),
            "serve",
            "--port",
            "0",
            "--audience",
            "orders",
            "--policy",
            at("orders.yaml"),
            "--sts",
            stsUrl,
            "--write-cert",
            at("orders.pem"));
    server = lastWord(serve.line());
  }

  @AfterAll
  static void stop() {
    serve.close();
    sts.close();
  }

  @AfterEach
  void forgetCredentials() {
    System.clearProperty(CREDENTIALS_FILE);
    System.clearProperty(PROFILE);
    System.clearProperty(NO_INSTANCE);
  }

  private static String at(String name) {
    return directory.resolve(name).toString();
  }

  private static String lastWord(String line) {
    return line.substring(line.lastIndexOf(' ') + 1);
  }

  private static CommandRun callAs(String profile, String... arguments) {
    System.setProperty(CREDENTIALS_FILE, at("credentials"));
    System.setProperty(PROFILE, profile);
    System.setProperty(NO_INSTANCE, "true");
    List<String> all =
        new ArrayList<>(List.of("call", "--sts", stsUrl, "--trust-cert", at("orders.pem")));
    all.addAll(List.of(arguments));
    return CommandRun.of(all.toArray(String[]::new));
  }

  @Test
  void call_allowed_printsTheAnswerAsJson() {
    CommandRun run = callAs("checkout", "--audience", "orders", server, WHO_AM_I);

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.YES);
    assertThat(run.out())
        .startsWith("{")
        .endsWith("}\n")
        .contains("\"roleArn\":\"arn:aws:iam::111122223333:role/checkout\"");
  }

  @Test
  void call_deniedByPolicy_isANo() {
    CommandRun run = callAs("reporting", "--audience", "orders", server, WHO_AM_I);

    assertThat(run.status()).isEqualTo(ExitStatus.NO);
    assertThat(run.err()).contains("refused: PERMISSION_DENIED (METHOD_NOT_ALLOWED)");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void call_forAnotherAudience_isANo() {
    CommandRun run = callAs("checkout", "--audience", "billing", server, WHO_AM_I);

    assertThat(run.status()).isEqualTo(ExitStatus.NO);
    assertThat(run.err()).contains("refused: UNAUTHENTICATED (AUDIENCE_MISMATCH)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rolecall.demo.v1.Echo/Whisper | {}            | has no method Whisper (it has: [
          rolecall.demo.v1.Choir/Sing   | {}            | no service rolecall.demo.v1.Choir
          WhoAmI                        | {}            | expected: package.Service/Method
          rolecall.demo.v1.Echo/WhoAmI  | {"who": "me"} | the request is no rolecall.demo.v1.WhoAmIRequest
          rolecall.demo.v1.Echo/WhoAmI  | who           | the request is no rolecall.demo.v1.WhoAmIRequest
          """)
  void call_thatCannotBeMade_saysWhy(String method, String json, String words) {
    CommandRun run = callAs("checkout", "--audience", "orders", server, method, json);

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.err()).startsWith("rolecall: ").contains(words);
  }

  @Test
  void call_withoutCredentials_saysSo() {
    CommandRun run = callAs("nobody", "--audience", "orders", server, WHO_AM_I);

    assertThat(run.status()).isNotEqualTo(ExitStatus.YES);
    assertThat(run.err()).contains("no AWS credentials").contains("profile");
  }

  @Test
  void call_nobodyListens_couldNotTell() {
    CommandRun run = callAs("checkout", "--audience", "orders", "127.0.0.1:1", WHO_AM_I);

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.err()).contains("failed: UNAVAILABLE");
  }

  @Test
  void call_withAServerNobodyTrusts_couldNotTell() {
    CommandRun run =
        CommandRun.of("call", "--sts", stsUrl, "--audience", "orders", server, WHO_AM_I);

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.err()).contains("failed: UNAVAILABLE");
  }

  @Test
  void call_missingDescriptorSet_saysSo() {
    CommandRun run =
        callAs(
            "checkout",
            "--audience",
            "orders",
            "--descriptor-set",
            at("missing.pb"),
            server,
            WHO_AM_I);

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.err()).contains("--descriptor-set").contains("missing.pb");
  }
}
