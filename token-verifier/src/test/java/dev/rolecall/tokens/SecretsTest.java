package dev.rolecall.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.access.scheme.Question;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.testsupport.CapturedLog;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tokens, signatures and secrets in logs, texts of values and facts. */
@Tag("attack")
final class SecretsTest {

  private static final String TOKEN = Token.of(Issuers.EC, Issuers.IDP).signed(Issuers.EC);
  private static final String OPAQUE = "SECRET-opaque-token-0123456789";

  private final CapturedLog log = CapturedLog.of("rolecall", Level.ALL);

  @AfterEach
  void leave() {
    log.close();
  }

  @Test
  void question_showsNothingOfItsToken() {
    AccessRuntime runtime = AccessRuntime.ofDefaults();
    TokenVerifier verifier =
        TokenIssuer.of("okta", Issuers.IDP)
            .introspect(URI.create("https://idp.example/introspect"), Path.of("none"))
            .forAudience("orders")
            .transport(Issuers.usual());
    try (runtime;
        var made = verifier.verifier(runtime)) {
      for (String text : List.of(TOKEN, OPAQUE)) {
        // The dates of the tokens are those of the tests' clock: the reading may be a refusal.
        var reading = made.read(Credential.bearer(text), Bench.PEER);

        assertThat(reading.toString()).doesNotContain(text).doesNotContain("SECRET");
        if (reading instanceof Question question) {
          assertThat(question.claimedId()).doesNotContain(text).doesNotContain("SECRET");
          assertThat(question.facts().toString()).doesNotContain(text).doesNotContain("SECRET");
        }
      }
    }
  }

  @Test
  void verdicts_showNothingOfTheirToken() {
    Issuers issuers = Issuers.usual();
    try (Bench bench =
        new Bench(issuers, TokenIssuer.of("okta", Issuers.IDP).forAudience("orders"))) {
      for (String text :
          List.of(
              TOKEN,
              Token.of(Issuers.EC, Issuers.IDP).forged(1),
              Token.of(Issuers.EC, Issuers.IDP).claim("aud", "\"x\"").signed(Issuers.EC),
              TOKEN + "SECRET",
              "SECRET.SECRET.SECRET")) {
        Verification verdict = bench.verify(text);
        String signature = text.substring(text.lastIndexOf('.') + 1);

        assertThat(verdict.toString()).doesNotContain(text).doesNotContain(signature);
        assertThat(Bench.facts(verdict)).doesNotContain(signature);
      }
    }
    assertThat(log.text()).doesNotContain("SECRET").doesNotContain(TOKEN);
  }

  @Test
  void failures_ofIssuers_areLoggedInFixedWords() {
    Issuers issuers =
        new Issuers()
            .fails(
                Issuers.IDP + "/.well-known/openid-configuration", new IOException("SECRET host"));
    try (Bench bench =
        new Bench(issuers, TokenIssuer.of("okta", Issuers.IDP).forAudience("orders"))) {
      bench.scheduler.pass(Duration.ofMinutes(1));
      bench.verify(TOKEN);
    }
    assertThat(log.at(Level.WARNING)).hasSize(1);
    assertThat(log.text()).contains("issuer okta").doesNotContain("SECRET");
  }

  @Test
  void defect_ofTheTransport_isAnOutageLoggedOnceWithoutItsMessage() {
    Issuers issuers =
        new Issuers()
            .fails(
                Issuers.IDP + "/.well-known/openid-configuration",
                new IllegalStateException("SECRET"));
    try (Bench bench =
        new Bench(issuers, TokenIssuer.of("okta", Issuers.IDP).forAudience("orders"))) {
      bench.scheduler.pass(Duration.ofMinutes(1));

      assertThat(bench.word(TOKEN)).isEqualTo("unavailable ISSUER_UNAVAILABLE");
      issuers.has(Issuers.IDP, Issuers.EC);
      bench.scheduler.pass(Duration.ofMinutes(1));
      assertThat(
              bench.word(
                  Token.of(Issuers.EC, Issuers.IDP).claim("jti", "\"2\"").signed(Issuers.EC)))
          .isEqualTo("verified");
    }
    assertThat(log.at(Level.SEVERE)).hasSize(1);
    assertThat(log.text()).doesNotContain("SECRET");
  }

  @Test
  void facts_arePrintableAndShort() {
    try (Bench bench = Bench.usual()) {
      Verification verdict =
          bench.verify(
              Token.of(Issuers.EC, Issuers.IDP)
                  .claim("sub", "\"a\\u001b[31m\\nb" + "c".repeat(300) + "\"")
                  .claim("jti", "\"" + "j".repeat(2_000) + "\"")
                  .signed(Issuers.EC));

      assertThat(Bench.facts(verdict))
          .hasSizeLessThan(700)
          .contains("\\u{1b}[31m\\u{a}b")
          .doesNotContain("\n");
    }
  }
}
