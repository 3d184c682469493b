package dev.rolecall.identity.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.identity.ApiClient;
import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.DnsName;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.OidcSubject;
import dev.rolecall.identity.Principal;
import dev.rolecall.identity.SpiffeId;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The patterns that mean subjects of issuers, clients, workloads and DNS names. */
@Tag("attack")
final class TokenPatternsTest {

  private static final Attributes CHECKOUT = Attributes.none().withClient("checkout");

  @ParameterizedTest
  @CsvSource({
    "oidc:github:repo:acme/shop:ref:x, repo:acme/shop:ref:x, true",
    "oidc:github:repo:acme/shop:ref:x, repo:acme/shop:ref:y, false",
    "oidc:github:repo:acme/shop:ref:x, Repo:acme/shop:ref:x, false",
    "oidc:github:repo:acme/*, repo:acme/shop, true",
    "oidc:github:repo:acme/*, repo:acme/, true",
    "oidc:github:repo:acme/*, repo:acme, false",
    "oidc:github:repo:acme/*, repo:acme2/shop, false",
    "oidc:github:*, anything, true",
    "oidc:gitlab:*, anything, false",
    "oidc:gitlab:anything, anything, false",
    "oidc:github:auth0|*, auth0|1, true",
  })
  void subjectPattern_meansSubjectsOfItsIssuer(String text, String subject, boolean expected) {
    PrincipalPattern pattern = PrincipalPattern.parse(text);

    assertThat(pattern).hasToString(text);
    assertThat(pattern.matches(OidcSubject.of("github", subject), CHECKOUT)).isEqualTo(expected);
  }

  @Test
  void clientPattern_meansTokensOfThatClient() {
    PrincipalPattern pattern = PrincipalPattern.parse("client:okta:checkout");
    OidcSubject someone = OidcSubject.of("okta", "someone");

    assertThat(pattern).hasToString("client:okta:checkout");
    assertThat(pattern.matches(someone, CHECKOUT)).isTrue();
    assertThat(pattern.matches(someone, Attributes.none())).isFalse();
    assertThat(pattern.matches(someone, Attributes.none().withClient("Checkout"))).isFalse();
    assertThat(pattern.matches(OidcSubject.of("okta", "checkout"), Attributes.none())).isFalse();
    assertThat(pattern.matches(OidcSubject.of("other", "someone"), CHECKOUT)).isFalse();
    assertThat(pattern.matches(new ApiClient("checkout"), CHECKOUT)).isFalse();
  }

  @Test
  void clientPattern_couldMeanATokenThatNamesNoClient() {
    PrincipalPattern pattern = PrincipalPattern.parse("client:okta:checkout");
    OidcSubject someone = OidcSubject.of("okta", "someone");

    assertThat(pattern.couldMatch(someone, CHECKOUT)).isTrue();
    assertThat(pattern.couldMatch(someone, Attributes.none())).isTrue();
    assertThat(pattern.couldMatch(someone, Attributes.none().withClient("other"))).isFalse();
    assertThat(pattern.couldMatch(OidcSubject.of("other", "someone"), Attributes.none())).isFalse();
    assertThat(pattern.couldMatch(new ApiClient("checkout"), Attributes.none())).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "spiffe://example.org/ns/shop/sa/checkout, true",
    "spiffe://example.org/ns/shop/*, true",
    "spiffe://example.org/*, true",
    "spiffe://example.org/ns/shop/sa/checkout2, false",
    "spiffe://example.org/ns/shop/sa/*, true",
    "spiffe://example.org/ns/sho/*, false",
    "spiffe://example.com/*, false",
    "spiffe://example.org.evil/*, false",
  })
  void spiffePattern_meansWorkloadsOfItsTrustDomain(String text, boolean expected) {
    PrincipalPattern pattern = PrincipalPattern.parse(text);

    assertThat(pattern).hasToString(text);
    assertThat(
            pattern.matches(
                SpiffeId.parse("spiffe://example.org/ns/shop/sa/checkout"), Attributes.none()))
        .isEqualTo(expected);
  }

  @Test
  void dnsPattern_meansThatNameOfThatAuthority() {
    PrincipalPattern pattern = PrincipalPattern.parse("dns:partners:api.example.com");

    assertThat(pattern).hasToString("dns:partners:api.example.com");
    assertThat(matches(pattern, DnsName.of("partners", "api.example.com"))).isTrue();
    assertThat(matches(pattern, DnsName.of("partners", "www.example.com"))).isFalse();
    assertThat(matches(pattern, DnsName.of("mesh", "api.example.com"))).isFalse();
  }

  @Test
  void patterns_meanNoPrincipalOfAnotherKind() {
    List<Principal> principals =
        List.of(
            IamRole.of("arn:aws:iam::111122223333:role/ci", "AROAEXAMPLE000000001"),
            OidcSubject.of("a", "b"),
            SpiffeId.parse("spiffe://a/b"),
            DnsName.of("a", "b"),
            new ApiClient("a"));
    List<String> patterns =
        List.of(
            "arn:aws:iam::111122223333:role/ci", "oidc:a:b", "spiffe://a/b", "dns:a:b", "key:a");

    for (int pattern = 0; pattern < patterns.size(); pattern++) {
      for (int principal = 0; principal < principals.size(); principal++) {
        assertThat(
                matches(PrincipalPattern.parse(patterns.get(pattern)), principals.get(principal)))
            .isEqualTo(pattern == principal);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "oidc:",
        "oidc:okta",
        "oidc:okta:",
        "oidc::x",
        "oidc:Okta:x",
        "oidc:*:x",
        "oidc:okta: x",
        "oidc:okta:x ",
        "oidc:okta:a*b",
        "oidc:okta:ab*",
        "oidc:okta:a-*",
        "oidc:okta:**",
        "oidc:okta:*:*",
        "oidc:okta:\u00e9",
        "oidc:okta:x\n",
        "client:okta",
        "client:okta:",
        "client:okta:*",
        "client:okta:a:*",
        "client:*:a",
        "spiffe://",
        "spiffe://example.org",
        "spiffe://example.org/",
        "spiffe://*/a",
        "spiffe://*",
        "spiffe://Example.org/a",
        "spiffe://example.org/a/",
        "spiffe://example.org//a",
        "spiffe://example.org/./a",
        "spiffe://example.org/../a",
        "spiffe://example.org/a*",
        "spiffe://example.org/*/a",
        "spiffe://example.org/a/**",
        "spiffe://example.org/a%2fb",
        "spiffe://example.org/a?x",
        "spiffe://example.org/a#x",
        "spiffe://user@example.org/a",
        "spiffe://example.org:443/a",
        "dns:",
        "dns:partners",
        "dns:partners:",
        "dns:partners:*",
        "dns:partners:*.example.com",
        "dns:partners:Example.com",
        "dns:partners:example.com.",
        "dns:partners:.example.com",
        "dns:partners:exa_mple.com",
        "dns:partners:-example.com",
        "dns:*:example.com",
      })
  void parse_ofWhatIsNoPattern_isRefused(String text) {
    assertThatThrownBy(() -> PrincipalPattern.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(expected: ");
  }

  private static boolean matches(PrincipalPattern pattern, Principal principal) {
    return pattern.matches(principal, Attributes.none());
  }
}
