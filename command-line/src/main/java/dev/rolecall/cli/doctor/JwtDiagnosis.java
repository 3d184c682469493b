package dev.rolecall.cli.doctor;

import static java.util.Objects.requireNonNull;

import dev.rolecall.cli.connect.CredentialKind;
import dev.rolecall.cli.report.RefusalAdvice;
import dev.rolecall.cli.terminal.Visible;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.jwt.CompactToken;
import dev.rolecall.jwt.TokenClaims;
import dev.rolecall.jwt.TokenHeader;
import dev.rolecall.jwt.TokenLimits;
import dev.rolecall.jwt.TokenReading;
import dev.rolecall.jwt.TokenTimes;
import dev.rolecall.jwt.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The checks of a signed token, in order: its form, the claims that policies and servers go by, and
 * then its issuer. Prints no part of the token but those claims.
 *
 * @param audience the audience that the server goes by; empty where it is not known, or where the
 *     server itself is asked
 * @param context this end's clock
 * @param report takes what is found, as it is found
 */
record JwtDiagnosis(Optional<String> audience, DoctorContext context, Consumer<Finding> report) {

  private static final String TOKEN = "token";
  private static final String END = "end";

  JwtDiagnosis {
    requireNonNull(audience, "audience");
    requireNonNull(context, "context");
    requireNonNull(report, "report");
  }

  /** Checks; blocks for the answers of the issuer. */
  void run(String text) {
    CompactToken.read(text, TokenLimits.standard())
        .fold(
            token -> {
              wellFormed(token, text);
              return token;
            },
            malformed -> {
              report.accept(malformed(malformed));
              return malformed;
            });
  }

  private static Finding malformed(TokenReading.Malformed malformed) {
    return Finding.wrong(
        TOKEN,
        "a JWT that no server reads: " + malformed.rule(),
        RefusalAdvice.on(RefusalReason.CREDENTIAL_MALFORMED, CredentialKind.JWT));
  }

  private void wellFormed(CompactToken token, String text) {
    TokenHeader header = token.header();
    report.accept(
        Finding.ok(
            TOKEN,
            "a JWT of "
                + text.length()
                + " characters, "
                + header.type().map(type -> "typ " + Visible.line(type)).orElse("without typ")
                + ", alg "
                + header.algorithm().jose()));
    boolean isGood =
        TokenClaims.read(token.claims())
            .fold(
                this::claims,
                flaw -> {
                  report.accept(
                      Finding.wrong(
                          "claims",
                          flaw.words(),
                          "get a token whose claims are as RFC 7519 has"
                              + " them; docs/tokens.md has the rules"));
                  return false;
                });
    if (isGood) {
      new IssuerCheck(report).run(token.claims(), text);
    }
  }

  /** Whether the issuer is worth asking: it is named, and the token has not ended. */
  private boolean claims(TokenClaims claims) {
    if (claims.issuer().isEmpty()) {
      report.accept(
          Finding.wrong("issuer", "iss is absent", "get a token of an issuer that names itself"));
      return false;
    }
    report.accept(Finding.ok("subject", subject(claims)));
    report.accept(audience(claims));
    if (claims.all().has("act")) {
      report.accept(
          Finding.ok(
              "actors",
              "another party acts for the subject (act): only a rule with actors allows it"));
    }
    if (claims.all().has("cnf")) {
      report.accept(
          Finding.ok(
              "binding",
              "bound to a key (cnf): servers take it only with that client certificate, and no"
                  + " other form of cnf"));
    }
    Finding end = end(claims.times());
    report.accept(end);
    return end.verdict() == Finding.Verdict.OK;
  }

  private static String subject(TokenClaims claims) {
    JsonValue.Members all = claims.all();
    return Visible.line(claims.subject().orElse("sub is absent"))
        + all.text("client_id")
            .or(() -> all.text("azp"))
            .or(() -> all.text("cid"))
            .map(client -> ", client " + Visible.line(client))
            .orElse("");
  }

  private Finding audience(TokenClaims claims) {
    String found =
        claims.audiences().isEmpty()
            ? "aud is absent"
            : Visible.line(String.join(", ", claims.audiences()));
    if (audience.isEmpty() || claims.isForOneOf(Set.of(audience.get()))) {
      return Finding.ok("audience", found);
    }
    return Finding.wrong(
        "audience",
        found + ": the token is not for " + audience.get(),
        RefusalAdvice.on(RefusalReason.AUDIENCE_MISMATCH, CredentialKind.JWT));
  }

  private Finding end(TokenTimes times) {
    Instant now = context.clock().instant();
    Duration left = Duration.between(now, times.expiry());
    if (left.isNegative() || left.isZero()) {
      return Finding.wrong(
          END,
          "ended at " + times.expiry() + ", " + words(left.negated()) + " ago",
          RefusalAdvice.on(RefusalReason.CREDENTIAL_EXPIRED, CredentialKind.JWT));
    }
    return Finding.ok(END, times.expiry() + ", in " + words(left));
  }

  private static String words(Duration time) {
    if (time.toHours() >= 48) {
      return time.toDays() + " days";
    }
    if (time.toMinutes() >= 120) {
      return time.toHours() + " h";
    }
    return time.toSeconds() >= 120 ? time.toMinutes() + " min" : time.toSeconds() + " s";
  }
}
