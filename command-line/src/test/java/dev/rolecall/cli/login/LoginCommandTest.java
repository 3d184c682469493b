package dev.rolecall.cli.login;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rolecall.cli.CommandRun;
import dev.rolecall.cli.Rolecall;
import dev.rolecall.cli.input.LoginFile;
import dev.rolecall.cli.input.StoredLogin;
import dev.rolecall.tokencredentials.UserLogin;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LoginCommandTest {

  private final FakeIssuer issuer = new FakeIssuer();

  @TempDir Path folder;

  @AfterEach
  void close() {
    issuer.close();
  }

  @Test
  void byBrowser_keepsTheRefreshTokenForItsOwnerAlone() throws Exception {
    issuer.tokens("access-1", "s3cret-refresh");

    CommandRun run = browsed(Map.of("code", "c0de"));

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("logged in; kept in ").doesNotContain("s3cret", "access-1");
    LoginFile file = LoginFile.of(folder, "work");
    assertThat(file.read()).isEqualTo("s3cret-refresh");
    assertThat(file.stored().issuer()).isEqualTo(URI.create(issuer.url()));
    assumeTrue(isPosix(), "no POSIX permissions here");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
        .isEqualTo("rw-------");
  }

  @Test
  void byBrowser_provesThatItIsTheOneThatBegan() throws Exception {
    issuer.tokens("access-1", "refresh-1");

    assertThat(browsed(Map.of("code", "c0de")).status()).isZero();

    Map<String, String> form = parameters(issuer.forms().get(0));
    assertThat(form)
        .containsEntry("grant_type", "authorization_code")
        .containsEntry("code", "c0de")
        .containsEntry("client_id", "cli");
    assertThat(form.get("code_verifier")).hasSizeGreaterThanOrEqualTo(43);
    assertThat(form.get("redirect_uri")).startsWith("http://127.0.0.1:").endsWith("/callback");
  }

  @Test
  void byBrowser_answersOfAnotherLogin_endNothing() throws Exception {
    issuer.tokens("access-1", "refresh-1");

    CommandRun run =
        browsed(
            asked -> {
              String page = String.valueOf(asked.get("redirect_uri"));
              assertThat(visited(page + "?code=evil&state=another")).isEqualTo(404);
              assertThat(visited(page + "?code=evil")).isEqualTo(404);
              assertThat(visited(page + "?error=access_denied")).isEqualTo(404);
              bring(asked, Map.of("code", "c0de"));
            });

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(issuer.forms()).singleElement().asString().contains("code=c0de");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&iss=https://evil.example"})
  void byBrowser_answerWithoutTheIssuerThatWasAnnounced_isRefused(String iss) throws Exception {
    issuer.announceIssuerInAnswers();

    CommandRun run = browsed(Map.of("code", "c0de" + iss));

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errUnbroken()).contains("another issuer");
    assertThat(issuer.forms()).isEmpty();
  }

  @Test
  void byBrowser_personSaysNo_isRefused() throws Exception {
    CommandRun run = browsed(Map.of("error", "access_denied"));

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("access_denied");
  }

  @Test
  void byBrowser_withoutRefreshToken_saysWhatToAskFor() throws Exception {
    issuer.answer(200, "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"expires_in\":60}");

    CommandRun run = browsed(Map.of("code", "c0de"));

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errUnbroken()).contains("offline_access");
  }

  @Test
  void byDevice_isAskedUntilThePersonIsDone() {
    issuer.answer(400, "{\"error\":\"authorization_pending\"}").tokens("access-1", "refresh-1");

    CommandRun run = byDevice();

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("ABCD-EFGH", issuer.url() + "/type").doesNotContain("d3vice");
    assertThat(issuer.forms()).hasSize(2);
    assertThat(LoginFile.of(folder, "work").read()).isEqualTo("refresh-1");
  }

  @ParameterizedTest
  @CsvSource({"400, access_denied, 1", "400, expired_token, 1", "503, '', 2"})
  void byDevice_otherAnswers_end(int http, String error, int status) {
    issuer.answer(http, "{\"error\":\"" + error + "\"}");

    CommandRun run = byDevice();

    assertThat(run.status()).isEqualTo(status);
    assertThat(run.err()).contains("127.0.0.1").doesNotContain("d3vice");
  }

  @Test
  void alias_thatIsKnown_needsNoOptions() throws IOException {
    keep("refresh-1");
    issuer.tokens("access-2", "refresh-2");

    CommandRun again = run("login", "work", "--device", "--logins", folder.toString());

    assertThat(again.status()).isZero();
    assertThat(LoginFile.of(folder, "work").read()).isEqualTo("refresh-2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Work", "-w", "../work", "", "w rk", "1work"})
  void alias_malformed_isRefused(String alias) {
    CommandRun run =
        run(
            "login",
            "--logins",
            folder.toString(),
            "--issuer",
            issuer.url(),
            "--client-id",
            "cli",
            "--",
            alias);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("ALIAS");
  }

  @Test
  void alias_unknown_saysHowToBegin() {
    CommandRun run = run("login", "work", "--logins", folder.toString());

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errUnbroken())
        .contains("no login 'work'", "run 'rolecall login work --issuer URL --client-id ID'");
  }

  @ParameterizedTest
  @CsvSource({"--scope, openid", "--token-audience, orders", "--resource, urn:orders"})
  void option_ofALoginThatBegins_isNotIgnoredLater(String option, String value) {
    CommandRun run = run("login", "work", option, value, "--logins", folder.toString());

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains(option + ": for a login that begins (expected: --issuer and");
  }

  @ParameterizedTest
  @CsvSource({"--issuer, https://idp.example, --client-id", "--client-id, cli, --issuer"})
  void options_oneWithoutTheOther_areRefused(String option, String value, String missing) {
    CommandRun run = run("login", "work", option, value, "--logins", folder.toString());

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains(missing + ": missing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://idp.example", "http://localhost.example", "ftp://127.0.0.1", "idp"})
  void issuer_thatIsNotHttps_isRefused(String url) {
    CommandRun run =
        run("login", "work", "--issuer", url, "--client-id", "cli", "--logins", folder.toString());

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("issuer: ", "https");
  }

  @Test
  void file_thatOthersMayRead_isNotUsed() throws IOException {
    assumeTrue(isPosix(), "no POSIX permissions here");
    keep("s3cret-refresh");
    Path file = LoginFile.of(folder, "work").path();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    CommandRun run = run("login", "work", "--device", "--logins", folder.toString());

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errUnbroken()).contains("others may read").doesNotContain("s3cret");
  }

  @Test
  void file_thatIsSomethingElse_isNotQuoted() throws IOException {
    keep("refresh-1");
    Files.writeString(LoginFile.of(folder, "work").path(), "{\"refresh_token\": s3cret}");

    CommandRun run = run("login", "work", "--device", "--logins", folder.toString());

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("not a login").doesNotContain("s3cret");
  }

  private void keep(String refreshToken) throws IOException {
    LoginFile.of(folder, "work")
        .write(
            new StoredLogin(
                URI.create(issuer.url()),
                "cli",
                new UserLogin.Wish(Optional.empty(), Optional.empty(), Optional.empty()),
                Optional.empty()),
            refreshToken);
  }

  private CommandRun byDevice() {
    return run(
        "login",
        "work",
        "--issuer",
        issuer.url(),
        "--client-id",
        "cli",
        "--device",
        "--logins",
        folder.toString());
  }

  private static CommandRun run(String... arguments) {
    return CommandRun.of(arguments);
  }

  /** Runs the command; a browser brings that answer, with the state of the login unless given. */
  private CommandRun browsed(Map<String, String> answer) throws Exception {
    return browsed(asked -> bring(asked, answer));
  }

  /** What a browser does with the parameters of the page that it opens. */
  private interface Browsing {
    void of(Map<String, String> asked) throws Exception;
  }

  private CommandRun browsed(Browsing browsing) throws Exception {
    StringWriter err = new StringWriter();
    try (PipedReader pipe = new PipedReader();
        PipedWriter out = new PipedWriter(pipe);
        BufferedReader lines = new BufferedReader(pipe)) {
      CompletableFuture<Integer> status =
          CompletableFuture.supplyAsync(
              () -> run(out, new PrintWriter(err, true)), task -> new Thread(task).start());
      String said = lines.readLine();
      browsing.of(parameters(URI.create(lines.readLine()).getRawQuery()));
      int ended = status.join();
      return new CommandRun(
          ended, said + lines.lines().collect(Collectors.joining("\n")), err.toString());
    }
  }

  /** Closes the output at its end, which is the end of what a reader of the pipe gets. */
  private int run(PipedWriter to, PrintWriter err) {
    try (PrintWriter out = new PrintWriter(to, true)) {
      return Rolecall.commandLine()
          .setOut(out)
          .setErr(err)
          .execute(
              "login",
              "work",
              "--issuer",
              issuer.url(),
              "--client-id",
              "cli",
              "--no-browser",
              "--logins",
              folder.toString());
    }
  }

  private static void bring(Map<String, String> asked, Map<String, String> answer)
      throws IOException, InterruptedException {
    StringBuilder address =
        new StringBuilder(String.valueOf(asked.get("redirect_uri"))).append("?x=y");
    answer.forEach((name, value) -> address.append('&').append(name).append('=').append(value));
    if (!answer.containsKey("state")) {
      address.append("&state=").append(asked.get("state"));
    }
    HttpResponse<String> page = visit(address.toString());
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("terminal").doesNotContain("c0de");
  }

  private static int visited(String address) throws IOException, InterruptedException {
    return visit(address).statusCode();
  }

  private static HttpResponse<String> visit(String address)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
  }

  private static Map<String, String> parameters(String query) {
    return Stream.of(query.split("&", -1))
        .map(each -> each.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], UTF_8)));
  }

  private boolean isPosix() {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
