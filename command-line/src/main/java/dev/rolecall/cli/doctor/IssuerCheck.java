package dev.rolecall.cli.doctor;

import static java.util.stream.Collectors.joining;

import dev.rolecall.access.lookup.CallerLookup;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.access.scheme.Facts;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.cli.connect.CredentialKind;
import dev.rolecall.cli.report.RefusalAdvice;
import dev.rolecall.cli.terminal.Visible;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.identity.Fact;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.jwt.json.JsonValue;
import dev.rolecall.tokens.IssuerProbe;
import dev.rolecall.tokens.TokenIssuer;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A check of a token's issuer, as a server asks it, and of the token against the keys that it
 * publishes. The token is sent nowhere.
 *
 * @param report takes what is found, as it is found
 */
record IssuerCheck(Consumer<Finding> report) {

  private static final String NAME = "issuer";

  /** Checks; blocks for the answers of the issuer. */
  void run(JsonValue.Members claims, String text) {
    String issuer = claims.text("iss").orElse("");
    IssuerGuess guess = IssuerGuess.of(issuer, claims);
    TokenIssuer settings;
    Finding keys;
    try {
      settings = guess.settings();
      keys = keys(issuer, IssuerProbe.ask(settings));
    } catch (IllegalArgumentException e) {
      report.accept(
          Finding.wrong(
              NAME,
              Visible.line(String.valueOf(e.getMessage())),
              "get a token of an issuer with an https URL, whose claims are as its provider"
                  + " documents them"));
      return;
    }
    report.accept(keys);
    if (keys.verdict() == Finding.Verdict.OK) {
      report.accept(caller(settings, claims, text));
    }
    report.accept(
        Finding.ok(
            "needs", "a server takes it with: " + Visible.line(guess.options() + named(claims))));
  }

  /** A server goes by its audience, unless it is told the tokens' own name for it. */
  private static String named(JsonValue.Members claims) {
    List<String> audiences = audiences(claims);
    return audiences.isEmpty() ? "" : " --token-audience " + audiences.get(0);
  }

  private static Finding keys(String issuer, IssuerProbe.Answer answer) {
    String shown = Visible.line(issuer);
    return answer.fold(
        found -> Finding.ok(NAME, shown + " answers; usable keys: " + found.keys().keys().size()),
        failed ->
            failed.isPassing()
                ? Finding.unknown(
                    NAME,
                    shown + ": " + failed.words(),
                    "a server needs a way to it too: look at DNS, the route and the JVM's proxy"
                        + " settings, and let the JVM trust its authority (serve --issuer-ca)")
                : Finding.wrong(
                    NAME,
                    shown + ": " + failed.words(),
                    "tell the issuer: a server can verify none of its tokens; or the token's iss is"
                        + " not the text by which the issuer knows itself"));
  }

  private static Finding caller(TokenIssuer settings, JsonValue.Members claims, String text) {
    String audience = audiences(claims).stream().findFirst().orElse("none");
    try (CallerLookup callers = CallerLookup.by(settings.forAudience(audience))) {
      return callers
          .find(Credential.bearer(text), connection(claims))
          .join()
          .fold(
              verified -> Finding.ok("caller", Visible.line(verified.caller().principal().text())),
              IssuerCheck::refused,
              away ->
                  Finding.unknown(
                      "caller",
                      words(away.reason()),
                      RefusalAdvice.on(away.reason(), CredentialKind.JWT)));
    }
  }

  private static Finding refused(Verification.Refused refused) {
    String check =
        refused.facts().map(Facts::list).orElse(List.of()).stream()
            .filter(fact -> fact.field().equals("check"))
            .map(Fact::value)
            .collect(joining());
    return Finding.wrong(
        "caller",
        words(refused.reason()) + (check.isEmpty() ? "" : ": " + Visible.line(check)),
        RefusalAdvice.on(refused.reason(), CredentialKind.JWT));
  }

  private static String words(RefusalReason reason) {
    return reason + ": " + reason.description();
  }

  /** With the certificate that the token is bound to, which this shell need not have. */
  private static Connection connection(JsonValue.Members claims) {
    Connection local = Connection.withoutTls("local");
    return claims
        .get("cnf")
        .filter(JsonValue.Members.class::isInstance)
        .map(JsonValue.Members.class::cast)
        .flatMap(bound -> bound.text("x5t#S256"))
        .filter(BindingHash::isValid)
        .map(hash -> local.of(new BindingHash(hash)))
        .orElse(local);
  }

  private static List<String> audiences(JsonValue.Members claims) {
    Optional<String> one = claims.text("aud");
    if (one.isPresent()) {
      return List.of(one.get());
    }
    return claims.get("aud").orElse(null) instanceof JsonValue.Items several
        ? several.values().stream()
            .filter(JsonValue.Text.class::isInstance)
            .map(each -> ((JsonValue.Text) each).value())
            .toList()
        : List.of();
  }
}
