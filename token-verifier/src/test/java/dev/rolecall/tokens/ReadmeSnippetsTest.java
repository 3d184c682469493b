package dev.rolecall.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.IssuerAlias;
import org.junit.jupiter.api.Test;

/** Runs the snippets of this module's README. */
final class ReadmeSnippetsTest {

  @Test
  void scheme_hasTheIssuersOfAServer() {
    String awsIssuer = WebIdentityTest.ISSUER;
    // region scheme
    TokenVerifier tokens =
        TokenVerifier.forAudience("orders")
            .accept(TokenIssuer.of("okta", "https://idp.example").profile(IssuerProfile.OKTA))
            .accept(
                TokenIssuer.of("github", "https://token.actions.githubusercontent.com")
                    .profile(IssuerProfile.GITHUB))
            .accept(TokenIssuer.ofWebIdentity("111122223333", awsIssuer));
    // endregion

    assertThat(tokens.aliases())
        .extracting(IssuerAlias::value)
        .containsExactly("okta", "github", "aws-111122223333");
    try (Bench bench = new Bench(new Issuers().has(Issuers.IDP, Issuers.EC), tokens)) {
      assertThat(
              bench
                  .caller(
                      Token.of(Issuers.EC, Issuers.IDP)
                          .claim("cid", "\"checkout\"")
                          .signed(Issuers.EC))
                  .principal()
                  .text())
          .isEqualTo("oidc:okta:alice");
    }
  }
}
