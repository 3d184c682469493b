package dev.rolecall.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.Caller;
import dev.rolecall.identity.ClaimValue;
import dev.rolecall.identity.OidcSubject;
import org.junit.jupiter.api.Test;

/** Good tokens, and the callers that they name. */
final class TokenVerifierTest {

  @Test
  void verify_accessToken_isItsSubject() {
    try (Bench bench = Bench.usual()) {
      Caller caller =
          bench.caller(
              Token.of(Issuers.RSA, Issuers.IDP)
                  .claim("scope", "\"orders:read orders:write\"")
                  .claim("team", "\"shop\"")
                  .signed(Issuers.RSA));

      assertThat(caller.principal()).isEqualTo(OidcSubject.of("okta", "alice"));
      assertThat(caller.attributes().client()).contains("checkout");
      assertThat(caller.attributes().scopes())
          .containsExactlyInAnyOrder("orders:read", "orders:write");
      assertThat(caller.attributes().claims()).containsEntry("team", new ClaimValue.Text("shop"));
      assertThat(caller.attributes().actors()).isEmpty();
      assertThat(caller.notAfter()).isEqualTo(Issuers.NOW.plusSeconds(300));
      assertThat(caller.evidence().scheme()).isEqualTo("oidc");
      assertThat(caller.evidence().credentialId()).contains("id-1");
      assertThat(caller.evidence().facts())
          .extracting(fact -> fact.field() + "=" + fact.value())
          .containsExactly("issuer=okta", "client=checkout", "key_id=" + Issuers.RSA.kid());
    }
  }
}
