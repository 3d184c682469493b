package dev.rolecall.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.OidcSubject;
import dev.rolecall.identity.Principal;
import org.junit.jupiter.api.Test;

/** The parties that act for a subject. */
final class ActorsTest {

  @Test
  void actors_ofAChain_areInOrderTheCurrentOneFirst() {
    try (Bench bench = Bench.usual()) {
      var caller =
          bench.caller(
              Token.of(Issuers.RSA, Issuers.IDP).claim("act", Acts.nested(4)).signed(Issuers.RSA));

      assertThat(caller.principal()).isEqualTo(OidcSubject.of("okta", "alice"));
      assertThat(caller.attributes().actors())
          .extracting(Principal::text)
          .containsExactly(
              "oidc:okta:agent-1", "oidc:okta:agent-2", "oidc:okta:agent-3", "oidc:okta:agent-4");
      assertThat(caller.attributes().claims()).doesNotContainKeys("act", "cnf");
    }
  }

  @Test
  void actor_thatNamesTheTokensOwnIssuer_isTaken() {
    try (Bench bench = Bench.usual()) {
      var caller =
          bench.caller(
              Token.of(Issuers.RSA, Issuers.IDP)
                  .claim("act", "{\"sub\":\"agent\",\"iss\":\"" + Issuers.IDP + "\"}")
                  .signed(Issuers.RSA));

      assertThat(caller.attributes().actor()).contains(OidcSubject.of("okta", "agent"));
    }
  }
}
