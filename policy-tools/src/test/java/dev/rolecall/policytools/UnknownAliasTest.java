package dev.rolecall.policytools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.IssuerAlias;
import dev.rolecall.policy.AccessPolicy;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Principals of issuers that a server does not have. */
@Tag("attack")
final class UnknownAliasTest {

  private static final AccessPolicy POLICY =
      Policies.loaded(
          """
          name: x
          groups:
            people: ["oidc:okta:kim", "oidc:otka:lee"]
          deny_rules:
            - name: a
              source: {principals: ["group:people", "dns:partners:a.example", "key:ci"]}
              request: {paths: ["/*"]}
          allow_rules:
            - name: b
              source: {principals: ["group:people"], actors: ["oidc:agents:a"]}
              request: {paths: ["/a.B/C"]}
          """);

  @Test
  void aliases_thatTheServerLacks_areSaidEachPlaceOnce() {
    assertThat(UnknownAlias.in(POLICY, Set.of(IssuerAlias.of("okta"), IssuerAlias.of("partners"))))
        .extracting(each -> each.at().orElseThrow() + " " + each.message())
        .containsExactly(
            "p.yaml:3:29 principals: \"oidc:otka:lee\" (expected: oidc:okta:lee)",
            "p.yaml:10:53 principals: \"oidc:agents:a\" (expected: an alias of the server: okta,"
                + " partners)");
  }

  @Test
  void aliases_ofAServerWithoutIssuers_areAllUnknown() {
    assertThat(UnknownAlias.in(POLICY, Set.of()))
        .hasSize(4)
        .allSatisfy(
            each ->
                assertThat(each.expected())
                    .isEqualTo("none with an alias: the server has no issuer and no authority"));
  }
}
