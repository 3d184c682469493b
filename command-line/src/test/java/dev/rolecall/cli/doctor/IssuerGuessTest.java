package dev.rolecall.cli.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.jwt.json.JsonLimits;
import dev.rolecall.jwt.json.JsonReading;
import dev.rolecall.jwt.json.JsonValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Guesses at a token's provider, by its issuer's host and its claims. */
final class IssuerGuessTest {

  private static JsonValue.Members claims(String json) {
    return JsonReading.of(json.getBytes(UTF_8), new JsonLimits(1_000, 8, 20, 20))
        .fold(
            read -> read,
            flaw -> {
              throw new IllegalArgumentException(flaw.words());
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://idp.example | {} | --issuer idp=https://idp.example",
        "https://acme.okta.com/oauth2/default | {} | --issuer-profile okta=okta",
        "https://okta.example.com | {} | --issuer idp=https://okta.example.com",
        "https://evilokta.com | {} | --issuer idp=https://evilokta.com",
        "https://acme.eu.auth0.com/ | {} | --issuer auth0=https://acme.eu.auth0.com/",
        "https://login.microsoftonline.com/1/v2.0 | {} | --issuer-profile entra=entra",
        "https://accounts.google.com | {} | --issuer-profile google=google",
        "https://token.actions.githubusercontent.com | {} | --issuer-profile github=github",
        "https://oidc.eks.eu-west-1.amazonaws.com/id/A | {\"kubernetes.io\":{}} |"
            + " --issuer-profile kubernetes=kubernetes",
        "https://cognito-idp.eu-west-1.amazonaws.com/p | {\"client_id\":\"7abc\"} |"
            + " --issuer-client cognito=7abc",
        "https://login.example/realms/shop | {\"typ\":\"Bearer\"} |"
            + " --issuer-profile keycloak=keycloak",
        "https://login.example/realms/shop | {} | --issuer idp=https://login.example/realms/shop",
        "https://x.example | {\"sub\":\"spiffe://example.org/a\"} | trustDomain(\"example.org\")",
        "https://x.example | {\"access_key_id\":\"A\"} | --issuer-profile rolecall=rolecall",
        "https://x.api.aws | {\"https://sts.amazonaws.com/\":{\"aws_account\":\"111122223333\"}} |"
            + " --web-identity 111122223333=https://x.api.aws",
      })
  void token_isGuessedToBeOfItsProvider(String issuer, String claims, String options) {
    IssuerGuess guess = IssuerGuess.of(issuer, claims(claims));

    assertThat(guess.options()).contains(options);
    assertThat(guess.settings()).isNotNull();
  }

  @Test
  void token_whoseClaimsDoNotFit_hasNoSettings() {
    assertThatThrownBy(
            () ->
                IssuerGuess.of("https://x.api.aws", claims("{\"https://sts.amazonaws.com/\":1}"))
                    .settings())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> IssuerGuess.of("no url\n", claims("{}")).settings())
        .isInstanceOf(IllegalArgumentException.class);
  }
}
