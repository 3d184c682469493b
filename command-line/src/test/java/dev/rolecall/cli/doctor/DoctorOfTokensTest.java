package dev.rolecall.cli.doctor;

import static dev.rolecall.cli.doctor.Diagnosis.assertWrong;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.cli.CommandRun;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.jwt.json.ObjectBuilder;
import dev.rolecall.tokens.TokenIssuer;
import io.grpc.Status;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of {@code doctor} for callers with a token; each fault is a real one. */
@Timeout(600)
final class DoctorOfTokensTest {

  private static final String POLICY =
      """
      name: orders
      allow_rules:
        - name: the nightly job asks
          source: {principals: ["oidc:corp:nightly"]}
          request: {paths: ["/rolecall.demo.v1.Echo/WhoAmI", "/grpc.health.v1.Health/Check"]}
      """;

  @TempDir Path directory;
  private final SigningIssuer issuer = new SigningIssuer();
  private DoctorScene scene;

  @BeforeEach
  void open() {
    scene = new DoctorScene(directory);
  }

  @AfterEach
  void close() {
    scene.close();
    issuer.close();
  }

  private CommandRun doctor(String token, String... more) {
    List<String> all =
        new ArrayList<>(List.of("--token-file", scene.write("token", token).toString()));
    all.addAll(List.of(more));
    CommandRun run = DoctorShell.run(new DoctorCommand(), all);
    assertThat(run.out() + run.err()).as("a secret").doesNotContain(token);
    return run;
  }

  private String server() {
    return scene.served(
        POLICY,
        TokenIssuer.of("corp", issuer.url()).allowPlainHttpOnLoopback().forAudience("orders"));
  }

  private String[] at(String server, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of("--server", server, "--trust-cert", scene.trust(DoctorScene.CERTIFICATE)));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  @Test
  void goodToken_isExplained_withWhatAServerNeeds() {
    CommandRun run = doctor(issuer.token(), "--audience", "orders");

    assertThat(run.status()).as(run.toString()).isEqualTo(ExitStatus.YES);
    assertThat(run.outUnbroken())
        .containsPattern("OK +token +a JWT of [0-9]+ characters, typ at\\+jwt, alg ES256")
        .containsPattern("OK +subject +nightly, client batch")
        .containsPattern("OK +audience +orders")
        .containsPattern("OK +end +20[0-9TZ:-]+, in 9 min|in 10 min")
        .containsPattern("OK +issuer +" + issuer.url() + " answers; usable keys: 1")
        .containsPattern("OK +caller +oidc:idp:nightly")
        .contains("with: --issuer idp=" + issuer.url() + " --token-audience orders");
  }

  @Test
  void delegatedAndBoundToken_isSaidToBe() {
    CommandRun run =
        doctor(
            issuer.token(
                claims ->
                    claims
                        .put("act", new ObjectBuilder().put("sub", "a").build())
                        .put("cnf", new ObjectBuilder().put("x5t#S256", "A".repeat(43)).build())));

    assertThat(run.status()).as(run.toString()).isEqualTo(ExitStatus.YES);
    assertThat(run.outUnbroken()).contains("only a rule with actors", "bound to a key (cnf)");
  }

  @Test
  void tokenThatEnded_isSaidToBe_andNobodyIsAsked() {
    CommandRun run = doctor(issuer.tokenUntil(-600));

    assertWrong(run, "end", "10 min ago", "get a new token");
    assertThat(issuer.requests()).isZero();
  }

  @Test
  void tokenForAnother_isSaidToBe() {
    assertWrong(
        doctor(issuer.token(), "--audience", "billing"),
        "audience",
        "orders: the token is not for billing",
        "--token-audience");
  }

  @Test
  void idToken_isNoAccessToken() {
    assertWrong(
        doctor(issuer.token(claims -> claims.put("nonce", "n"))),
        "caller",
        "CREDENTIAL_KIND_WRONG: the credential is of a kind that is not accepted here: its claims"
            + " are of an ID token",
        "--issuer-profile");
  }

  @Test
  void tokenOfAnotherKey_isSaidToBe() {
    assertWrong(doctor(issuer.forged(false)), "caller", "KEY_UNKNOWN", "the token's kid");
    assertWrong(doctor(issuer.forged(true)), "caller", "SIGNATURE_INVALID", "get a new one");
  }

  @Test
  void issuerThatCallsItselfOtherwise_isWrong() {
    issuer.callItself(issuer.url() + "/");

    assertWrong(
        doctor(issuer.token()), "issuer", "discovery document is of another issuer", "iss is not");
  }

  @Test
  void issuerThatIsAway_couldNotBeTold() {
    String token = issuer.token();
    issuer.close();
    CommandRun run = doctor(token);

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.outUnbroken())
        .containsPattern("UNKNOWN +issuer +" + issuer.url() + ": it could not be reached")
        .contains("look at DNS");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.b.c", "eyJhbGciOiJub25lIn0.e30.AA"})
  void malformedToken_isReadByNoServer(String token) {
    assertWrong(doctor(token), "token", "a JWT that no server reads: ", "unchanged");
  }

  @Test
  void apiKeyOfAWrongForm_isSaidToBe() {
    assertWrong(doctor("rck_short"), "token", "an API key, but not of the form", "checksum");
  }

  @Test
  void apiKey_isNamedByItsIdAlone() {
    String key = "rck_0123456789Ab_" + "x".repeat(49);
    CommandRun run = doctor(key);

    assertThat(run.status()).isEqualTo(ExitStatus.YES);
    assertThat(run.outUnbroken()).contains("of the id 0123456789Ab", "--api-keys FILE");
  }

  @Test
  void opaqueToken_needsAnIssuerThatIsAsked() {
    CommandRun run = doctor("s3cret-opaque");

    assertThat(run.status()).isEqualTo(ExitStatus.YES);
    assertThat(run.outUnbroken()).contains("an opaque token of 13 characters", "--introspect");
  }

  @Test
  void server_thatAllowsTheToken_isAskedWithIt() {
    CommandRun run = doctor(issuer.token(), at(server()));

    assertThat(run.status()).as(run.toString()).isEqualTo(ExitStatus.YES);
    assertThat(run.outUnbroken())
        .contains("refuses a call without a proof")
        .containsPattern("OK +answer +accepted; grpc.health.v1.Health/Check is allowed");
  }

  @Test
  void server_whosePolicySaysNo_printsWhatToAskThePolicy() {
    CommandRun run =
        doctor(
            issuer.token(),
            at(server(), "--audience", "orders", "--method", "rolecall.demo.v1.Echo/Say"));

    assertWrong(run, "answer", "METHOD_NOT_ALLOWED", "the token is valid, but the policy says no");
    assertThat(run.outUnbroken())
        .contains("rolecall policy explain orders.yaml --caller oidc:corp:nightly");
  }

  @Test
  void server_ofAnotherIssuer_saysWhatToAdd() {
    String server =
        scene.served(
            POLICY,
            TokenIssuer.of("corp", "http://127.0.0.1:1")
                .keySetUrl(URI.create(issuer.url() + "/keys"))
                .allowPlainHttpOnLoopback()
                .forAudience("orders"));

    assertWrong(
        doctor(issuer.token(), at(server)), "answer", "ISSUER_NOT_ALLOWED", "serve --issuer");
  }

  @Test
  void server_withoutApiKeys_saysSo() {
    assertWrong(
        doctor("rck_0123456789Ab_" + "x".repeat(49), at(server())),
        "answer",
        "CREDENTIAL_MALFORMED",
        "the server takes no API keys");
  }

  @Test
  void webIdentity_ofTheRoleAtHand_isExplained() {
    scene.shell.sts.outboundFederation().enable("111122223333");

    CommandRun run = scene.shell.doctor("--web-identity", "--audience", "orders");

    assertThat(run.status()).as(run.toString()).isEqualTo(ExitStatus.YES);
    assertThat(run.outUnbroken())
        .containsPattern("OK +role +" + DoctorShell.CHECKOUT)
        .containsPattern("OK +caller +" + DoctorShell.CHECKOUT)
        .contains("with: --web-identity 111122223333=" + scene.shell.sts.endpoint() + "/issuers/");
  }

  @Test
  void webIdentity_ofAnAccountWithoutIt_saysWhatIsMissing() {
    assertWrong(
        scene.shell.doctor("--web-identity"),
        "token",
        "STS gave no web identity token",
        "docs/web-identity.md");
  }

  @ParameterizedTest
  @CsvSource({"UNAUTHENTICATED, WRONG, rolecall login", "UNAVAILABLE, UNKNOWN, try again"})
  void login_withoutAToken_tellsRefusalFromOutage(
      Status.Code code, Finding.Verdict verdict, String advice) {
    List<Finding> found = new ArrayList<>();
    DoctorContext context = DoctorContext.ofThisProcess(Clock.systemUTC());

    assertThat(
            new TokenDiagnosis(Optional.empty(), context, found::add)
                .run(
                    () -> {
                      throw code.toStatus().withDescription("--login: ended").asRuntimeException();
                    }))
        .isEmpty();
    assertThat(found)
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.verdict()).isEqualTo(verdict);
              assertThat(one.advice().orElseThrow()).contains(advice);
            });
  }

  @Test
  void optionsOfProofs_withAToken_areRefused() {
    Map.of(
            List.of("--bearer"), "--bearer: of proofs",
            List.of("--assume-role", "arn:aws:iam::111122223333:role/a"),
                "--assume-role: of proofs",
            List.of("--web-identity"), "--web-identity, and a token")
        .forEach(
            (options, complaint) -> {
              CommandRun run = doctor("abc", options.toArray(String[]::new));
              assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
              assertThat(run.err()).contains(complaint);
            });
  }
}
