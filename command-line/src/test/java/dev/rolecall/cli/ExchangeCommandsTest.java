package dev.rolecall.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.testsupport.ServedProcess;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands of token exchange, as a shell runs them. */
@Timeout(600)
final class ExchangeCommandsTest {

  private static final String POLICY =
      """
      name: exchange
      allow_rules:
        - name: checkout calls orders
          source: {principals: ["arn:aws:iam::111122223333:role/checkout"]}
          request: {paths: ["/rolecall.exchange/orders"]}
      """;

  @RegisterExtension static final Shell SHELL = new Shell();

  @TempDir Path folder;

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private String[] serve(String... more) throws IOException {
    Files.writeString(folder.resolve("exchange.yaml"), POLICY);
    List<String> arguments =
        new ArrayList<>(List.of("exchange", "serve", "--audience", "exchange"));
    arguments.addAll(List.of("--policy", file("exchange.yaml")));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  @Test
  void rotate_withoutAFile_makesOne_andSaysWhichKeySigns() {
    CommandRun made = CommandRun.of("exchange", "rotate", "--key-ring", file("ring.json"));

    assertThat(made.status()).isZero();
    assertThat(made.out()).matches("made \\S+\\R  current  [\\w-]{43}\\R  next     [\\w-]{43}\\R");
    assertThat(made.out()).doesNotContain("PRIVATE");
  }

  @Test
  void rotate_tooSoon_couldNotTell_andSaysWhen() {
    CommandRun.of("exchange", "rotate", "--key-ring", file("ring.json"), "--algorithm", "ES256");

    CommandRun again = CommandRun.of("exchange", "rotate", "--key-ring", file("ring.json"));

    assertThat(again.status()).isEqualTo(2);
    assertThat(again.err())
        .startsWith("rolecall: --key-ring: " + file("ring.json") + ": rotated at ")
        .contains("(expected: not before ");
  }

  @Test
  void rotate_afterATheft_keepsNoKey() throws IOException {
    CommandRun.of("exchange", "rotate", "--key-ring", file("ring.json"), "--algorithm", "ES256");
    String before = Files.readString(folder.resolve("ring.json"));

    CommandRun replaced =
        CommandRun.of(
            "exchange",
            "rotate",
            "--key-ring",
            file("ring.json"),
            "--replace-all-keys-and-refuse-their-tokens");

    assertThat(replaced.status()).isZero();
    assertThat(replaced.out()).doesNotContain("previous");
    assertThat(Files.readString(folder.resolve("ring.json"))).isNotEqualTo(before);
  }

  static Stream<Arguments> wrong() {
    String issuer = "--issuer";
    String url = "https://id.example";
    return Stream.of(
        Arguments.of(List.of(issuer, "http://id.example"), "--issuer: http://id.example (expected"),
        Arguments.of(List.of(issuer, url, "--listen", "0.0.0.0"), "--listen 0.0.0.0 without"),
        Arguments.of(List.of(issuer, url, "--bind-tokens"), "--bind-tokens: only with --tls-cert"),
        Arguments.of(List.of(issuer, url, "--token-life", "PT1H"), "--token-life: PT1H (expected"),
        Arguments.of(List.of(issuer, url, "--algorithm", "ES384"), "--algorithm: ES384 (expected"),
        Arguments.of(
            List.of(issuer, url, "--algorithm", "ES256", "--key-ring", "x"),
            "--algorithm and --key-ring"),
        Arguments.of(
            List.of(issuer, url, "--key-ring", "no-such-file"),
            "--key-ring: no-such-file: the file cannot be read: no such file"),
        Arguments.of(
            List.of(issuer, url, "--port", "1", "--listen", "127.0.0.1:2"), "--port and --listen"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void serve_wrongOptions_couldNotTell(List<String> options, String words) throws IOException {
    CommandRun run = CommandRun.of(serve(options.toArray(String[]::new)));

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("rolecall: " + words).doesNotContain("a defect");
  }

  /** Proofs are of roles alone, so no rule for others could ever match. */
  @Test
  void serve_policyOfAnIdentityProvidersCallers_couldNotTell() throws IOException {
    String[] arguments = serve("--issuer", "https://id.example");
    Files.writeString(
        folder.resolve("exchange.yaml"),
        POLICY.replace("arn:aws:iam::111122223333:role/checkout", "oidc:github:repo:acme/shop"));

    CommandRun run = CommandRun.of(arguments);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("github").doesNotContain("a defect");
  }

  @Test
  void serve_tradesTheProofOfAShell_forAToken() throws Exception {
    CommandRun.of("exchange", "rotate", "--key-ring", file("ring.json"));
    String sts = SHELL.running().sts();
    try (ServedProcess served =
        ServedProcess.start(
            Map.of(),
            serve(
                "--issuer",
                "http://localhost:8443",
                "--port",
                "0",
                "--sts",
                sts,
                "--key-ring",
                file("ring.json")))) {
      String line = served.line();
      assertThat(line).startsWith("exchanging proofs for exchange on http://127.0.0.1:");
      assertThat(served.line()).isEqualTo("  issuer http://localhost:8443");
      String url = RunningCommands.lastWord(line);
      String proof =
          SHELL.as("checkout", "token", "--audience", "exchange", "--sts", sts).out().strip();

      HttpResponse<String> answer = post(url, proof);

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("\"access_token\":\"ey", "\"token_type\":\"Bearer\"");
      String stranger =
          SHELL.as("reporting", "token", "--audience", "exchange", "--sts", sts).out().strip();
      assertThat(post(url, stranger).body()).contains("\"error\":\"invalid_target\"");
    }
  }

  private static HttpResponse<String> post(String url, String proof) throws Exception {
    String form =
        "grant_type="
            + URLEncoder.encode("urn:ietf:params:oauth:grant-type:token-exchange", UTF_8)
            + "&subject_token="
            + URLEncoder.encode(proof, UTF_8)
            + "&subject_token_type="
            + URLEncoder.encode("urn:rolecall:params:oauth:token-type:sts-proof", UTF_8)
            + "&audience=orders";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }
}
