package dev.rolecall.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.rolecall.identity.Caller;
import dev.rolecall.identity.IamRole;
import dev.rolecall.jwt.key.Algorithm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each profile with claims as its vendor's documents show them, and the near misses of each. The
 * audience and the times are the tests' own.
 */
final class ProfilesTest {

  private static final long NOW = Issuers.NOW.getEpochSecond();

  private static final Map<IssuerProfile, String> ISSUERS =
      Map.of(
          IssuerProfile.RFC9068, "https://authorization-server.example.com/",
          IssuerProfile.KEYCLOAK, "https://keycloak.example/realms/shop",
          IssuerProfile.OKTA, "https://dev-1234.okta.com/oauth2/default",
          IssuerProfile.AUTH0, "https://tenant.eu.auth0.com/",
          IssuerProfile.ENTRA,
              "https://login.microsoftonline.com/fa15d692-e9c7-4460-a743-29f29522229/v2.0",
          IssuerProfile.GOOGLE, "https://accounts.google.com",
          IssuerProfile.GITHUB, "https://token.actions.githubusercontent.com",
          IssuerProfile.KUBERNETES, "https://kubernetes.default.svc.cluster.local",
          IssuerProfile.COGNITO, "https://cognito-idp.us-west-2.amazonaws.com/us-west-2_example",
          IssuerProfile.SPIFFE, "https://oidc-discovery.example.org");

  private static Token token(IssuerProfile profile) {
    Map<String, String> claims = new LinkedHashMap<>();
    claims.put("iss", Token.quoted(ISSUERS.getOrDefault(profile, Issuers.IDP)));
    claims.put("aud", "[\"orders\"]");
    claims.put("iat", Long.toString(NOW));
    claims.put("exp", Long.toString(NOW + 600));
    Token token = Token.ofClaims(Issuers.EC, claims);
    return switch (profile) {
      case RFC9068 -> // RFC 9068, section 2.2
          token
              .header("typ", "\"at+jwt\"")
              .claim("sub", "\"5ba552d67\"")
              .claim("client_id", "\"s6BhdRkqt3\"")
              .claim("scope", "\"openid profile reademail\"")
              .claim("jti", "\"dbe39bf3a3ba4238a513f51d6e1691c4\"");
      case KEYCLOAK ->
          token
              .header("typ", "\"JWT\"")
              .claim("typ", "\"Bearer\"")
              .claim("sub", "\"8b5e2b3c-1111-4d6e-9c42-0f6a1d3c9d11\"")
              .claim("azp", "\"checkout\"")
              .claim("acr", "\"1\"")
              .claim("realm_access", "{\"roles\":[\"writer\",\"offline_access\"]}")
              .claim("scope", "\"profile email\"")
              .claim("clientHost", "\"127.0.0.1\"");
      case OKTA -> // Okta, access token payload
          token
              .claim("ver", "1")
              .claim("sub", "\"0oa1b2c3\"")
              .claim("cid", "\"0oa1b2c3\"")
              .claim("scp", "[\"orders:write\"]")
              .claim("jti", "\"AT.0mP4JKAZX1iACIT4vbEDF7LpvDVjxypPMf0D7uX39RE\"");
      case AUTH0 -> // Auth0, access token profiles
          token
              .header("typ", "\"JWT\"")
              .claim("sub", "\"abc123@clients\"")
              .claim("azp", "\"abc123\"")
              .claim("gty", "\"client-credentials\"")
              .claim("scope", "\"read:orders\"")
              .claim("permissions", "[\"read:orders\"]");
      case ENTRA -> // Microsoft identity platform, access token claims reference
          token
              .header("typ", "\"JWT\"")
              .claim("ver", "\"2.0\"")
              .claim("tid", "\"fa15d692-e9c7-4460-a743-29f29522229\"")
              .claim("sub", "\"HKZpfaHyWadeOouYlitjrI-KffTm222X5rrV3xDqfKQ\"")
              .claim("oid", "\"690222be-ff1a-4d56-abd1-7e4f7d38e474\"")
              .claim("azp", "\"6e74172b-be56-4843-9ff4-e66a39bb12e3\"")
              .claim("azpacr", "\"1\"")
              .claim("idtyp", "\"app\"")
              .claim("roles", "[\"Orders.Write\"]");
      case GOOGLE ->
          token
              .header("typ", "\"JWT\"")
              .claim("sub", "\"107517467455664443765\"")
              .claim("azp", "\"107517467455664443765\"")
              .claim("email", "\"checkout@shop.iam.gserviceaccount.com\"")
              .claim("email_verified", "true");
      case GITHUB -> // GitHub, about security hardening with OpenID Connect
          token
              .header("typ", "\"JWT\"")
              .header("x5t", "\"example-thumbprint\"")
              .claim("jti", "\"example-id\"")
              .claim("nbf", Long.toString(NOW))
              .claim("sub", "\"repo:octo-org/octo-repo:environment:prod\"")
              .claim("environment", "\"prod\"")
              .claim("ref", "\"refs/heads/main\"")
              .claim("repository", "\"octo-org/octo-repo\"")
              .claim("repository_owner", "\"octo-org\"")
              .claim("repository_owner_id", "\"65\"")
              .claim("run_id", "\"example-run-id\"");
      case KUBERNETES -> // Kubernetes, service account tokens
          token
              .claim("jti", "\"0f0a3ad9-6b1c-4d0f-a2c2-8bb4ba4df0f4\"")
              .claim("nbf", Long.toString(NOW))
              .claim("sub", "\"system:serviceaccount:shop:checkout\"")
              .claim(
                  "kubernetes.io",
                  "{\"namespace\":\"shop\",\"serviceaccount\":{\"name\":\"checkout\",\"uid\":\"u\"}}");
      case COGNITO -> // Amazon Cognito, understanding the access token
          token
              .without("aud")
              .claim("sub", "\"aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee\"")
              .claim("client_id", "\"1example23456789\"")
              .claim("token_use", "\"access\"")
              .claim("scope", "\"orders/write\"")
              .claim("version", "2")
              .claim("auth_time", Long.toString(NOW))
              .claim("username", "\"my-test-user\"");
      case SPIFFE -> // JWT-SVID, section 3
          token
              .header("typ", "\"JWT\"")
              .without("iss")
              .claim("sub", "\"spiffe://example.org/ns/shop/sa/checkout\"");
      case ROLECALL ->
          token
              .header("typ", "\"at+jwt\"")
              .claim("sub", "\"arn:aws:iam::111122223333:role/checkout\"")
              .claim("role_id", "\"AROAEXAMPLE000000001\"")
              .claim("session_name", "\"i-0123456789abcdef0\"")
              .claim("access_key_id", "\"ASIAEXAMPLE000000001\"");
      case AWS -> WebIdentityTest.token();
    };
  }

  private static TokenIssuer settings(IssuerProfile profile) {
    TokenIssuer issuer =
        profile == IssuerProfile.AWS
            ? TokenIssuer.ofWebIdentity("111122223333", WebIdentityTest.ISSUER)
            : TokenIssuer.of("idp", ISSUERS.getOrDefault(profile, Issuers.IDP)).profile(profile);
    return switch (profile) {
      case SPIFFE -> issuer.trustDomain("example.org");
      case COGNITO -> issuer.allowClients(List.of("1example23456789"));
      case AWS -> issuer.algorithms(List.of(Algorithm.ES256));
      default -> issuer;
    };
  }

  private static Bench bench(IssuerProfile profile) {
    String text =
        profile == IssuerProfile.AWS
            ? WebIdentityTest.ISSUER
            : ISSUERS.getOrDefault(profile, Issuers.IDP);
    return new Bench(new Issuers().has(text, Issuers.EC), settings(profile).forAudience("orders"));
  }

  static Stream<Arguments> callers() {
    return Stream.of(
        arguments(IssuerProfile.RFC9068, "oidc:idp:5ba552d67", "s6BhdRkqt3"),
        arguments(
            IssuerProfile.KEYCLOAK, "oidc:idp:8b5e2b3c-1111-4d6e-9c42-0f6a1d3c9d11", "checkout"),
        arguments(IssuerProfile.OKTA, "oidc:idp:0oa1b2c3", "0oa1b2c3"),
        arguments(IssuerProfile.AUTH0, "oidc:idp:abc123@clients", "abc123"),
        arguments(
            IssuerProfile.ENTRA,
            "oidc:idp:HKZpfaHyWadeOouYlitjrI-KffTm222X5rrV3xDqfKQ",
            "6e74172b-be56-4843-9ff4-e66a39bb12e3"),
        arguments(IssuerProfile.GOOGLE, "oidc:idp:107517467455664443765", "107517467455664443765"),
        arguments(IssuerProfile.GITHUB, "oidc:idp:repo:octo-org/octo-repo:environment:prod", ""),
        arguments(IssuerProfile.KUBERNETES, "oidc:idp:system:serviceaccount:shop:checkout", ""),
        arguments(
            IssuerProfile.COGNITO,
            "oidc:idp:aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
            "1example23456789"),
        arguments(IssuerProfile.SPIFFE, "spiffe://example.org/ns/shop/sa/checkout", ""),
        arguments(IssuerProfile.AWS, "arn:aws:iam::111122223333:role/checkout", ""),
        arguments(IssuerProfile.ROLECALL, "arn:aws:iam::111122223333:role/checkout", ""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("callers")
  void documentedToken_isItsPrincipalAndClient(
      IssuerProfile profile, String principal, String client) {
    try (Bench bench = bench(profile)) {
      Caller caller = bench.caller(token(profile).signed(Issuers.EC));

      assertThat(caller.principal().text()).isEqualTo(principal);
      assertThat(caller.attributes().client().orElse("")).isEqualTo(client);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyProfile_refusesATokenOfAnotherAudience(IssuerProfile profile) {
    try (Bench bench = bench(profile)) {
      assertThat(bench.word(token(profile).claim("aud", "[\"billing\"]").signed(Issuers.EC)))
          .isEqualTo("refused AUDIENCE_MISMATCH");
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyProfile_refusesTypesOfOtherTokens(IssuerProfile profile) {
    try (Bench bench = bench(profile)) {
      for (String type : List.of("logout+jwt", "dpop+jwt", "secevent+jwt", "vc+jwt")) {
        assertThat(bench.word(token(profile).header("typ", Token.quoted(type)).signed(Issuers.EC)))
            .isEqualTo("refused CREDENTIAL_KIND_WRONG");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyProfileButGoogle_refusesIdTokens(IssuerProfile profile) {
    try (Bench bench = bench(profile)) {
      assertThat(bench.word(token(profile).claim("nonce", "\"n\"").signed(Issuers.EC)))
          .isEqualTo(
              profile == IssuerProfile.GOOGLE ? "verified" : "refused CREDENTIAL_KIND_WRONG");
    }
  }

  static Stream<Arguments> nearMisses() {
    String kind = "CREDENTIAL_KIND_WRONG";
    String invalid = "CLAIM_INVALID";
    return Stream.of(
        miss(IssuerProfile.KEYCLOAK, "an ID token", "typ", "\"ID\"", kind),
        miss(IssuerProfile.KEYCLOAK, "a refresh token", "typ", "\"Refresh\"", kind),
        miss(IssuerProfile.KEYCLOAK, "an offline token", "typ", "\"Offline\"", kind),
        miss(IssuerProfile.KEYCLOAK, "a kind in capitals", "typ", "\"BEARER\"", kind),
        miss(IssuerProfile.KEYCLOAK, "no kind", "typ", null, kind),
        miss(IssuerProfile.KEYCLOAK, "no client", "azp", null, invalid),
        miss(IssuerProfile.OKTA, "no client", "cid", null, invalid),
        miss(IssuerProfile.OKTA, "scopes of numbers", "scp", "[1]", invalid),
        miss(IssuerProfile.AUTH0, "no client", "azp", null, invalid),
        miss(IssuerProfile.ENTRA, "version 1", "ver", "\"1.0\"", invalid),
        miss(IssuerProfile.ENTRA, "another tenant", "tid", "\"9188040d\"", invalid),
        miss(IssuerProfile.ENTRA, "a part of the tenant", "tid", "\"fa15d692\"", invalid),
        miss(IssuerProfile.ENTRA, "an empty tenant", "tid", "\"\"", invalid),
        miss(IssuerProfile.ENTRA, "no tenant", "tid", null, invalid),
        miss(IssuerProfile.ENTRA, "no client: an ID token", "azp", null, invalid),
        miss(IssuerProfile.GOOGLE, "an address as subject", "sub", "\"a@shop.example\"", invalid),
        miss(IssuerProfile.GITHUB, "no owner's id", "repository_owner_id", null, invalid),
        miss(IssuerProfile.GITHUB, "no repository", "repository", null, invalid),
        miss(IssuerProfile.KUBERNETES, "a user", "sub", "\"system:admin\"", invalid),
        miss(IssuerProfile.KUBERNETES, "no object", "kubernetes.io", null, invalid),
        miss(IssuerProfile.KUBERNETES, "a text", "kubernetes.io", "\"shop\"", invalid),
        miss(IssuerProfile.KUBERNETES, "a year", "exp", "" + (NOW + 31_536_000), invalid),
        miss(IssuerProfile.COGNITO, "an ID token", "token_use", "\"id\"", kind),
        miss(IssuerProfile.COGNITO, "no use", "token_use", null, kind),
        miss(IssuerProfile.COGNITO, "another client", "client_id", "\"x\"", "AUDIENCE_MISMATCH"),
        miss(IssuerProfile.COGNITO, "no client", "client_id", null, invalid),
        miss(
            IssuerProfile.SPIFFE,
            "another issuer",
            "iss",
            "\"https://evil.example\"",
            "ISSUER_NOT_ALLOWED"),
        miss(IssuerProfile.SPIFFE, "another domain", "sub", "\"spiffe://evil.org/a\"", invalid),
        miss(
            IssuerProfile.SPIFFE,
            "a domain with a suffix",
            "sub",
            "\"spiffe://example.org.evil/a\"",
            invalid),
        miss(IssuerProfile.SPIFFE, "no path", "sub", "\"spiffe://example.org\"", invalid),
        miss(
            IssuerProfile.SPIFFE,
            "a slash at the end",
            "sub",
            "\"spiffe://example.org/a/\"",
            invalid),
        miss(
            IssuerProfile.SPIFFE,
            "a path upwards",
            "sub",
            "\"spiffe://example.org/a/../b\"",
            invalid),
        miss(IssuerProfile.SPIFFE, "a plain subject", "sub", "\"checkout\"", invalid),
        miss(
            IssuerProfile.ROLECALL,
            "a plain subject",
            "sub",
            "\"alice\"",
            "CALLER_KIND_NOT_ACCEPTED"),
        miss(
            IssuerProfile.ROLECALL,
            "a session",
            "sub",
            "\"arn:aws:sts::111122223333:assumed-role/checkout/s\"",
            "CALLER_KIND_NOT_ACCEPTED"),
        miss(
            IssuerProfile.ROLECALL,
            "an id of a user",
            "role_id",
            "\"AIDAEXAMPLE000000001\"",
            invalid),
        miss(IssuerProfile.ROLECALL, "an id of a number", "role_id", "7", invalid),
        miss(
            IssuerProfile.ROLECALL,
            "an actor that is no role",
            "act",
            "{\"sub\":\"agent\"}",
            invalid),
        miss(
            IssuerProfile.ROLECALL,
            "an actor with the id of a user",
            "act",
            "{\"sub\":\"arn:aws:iam::111122223333:role/agent\",\"role_id\":\"AIDAEXAMPLE000000001\"}",
            invalid),
        miss(
            IssuerProfile.ROLECALL, "a session with a line", "session_name", "\"a\\nb\"", invalid));
  }

  /** The claim as it stands there; absent if it is null. */
  private static Arguments miss(
      IssuerProfile profile, String name, String claim, @Nullable String json, String reason) {
    Token token = token(profile);
    Token changed = json == null ? token.without(claim) : token.claim(claim, json);
    return arguments(profile, name, changed.signed(Issuers.EC), reason);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("nearMisses")
  void nearMiss_isRefused(IssuerProfile profile, String name, String token, String reason) {
    try (Bench bench = bench(profile)) {
      assertThat(bench.word(token)).as(name).isEqualTo("refused " + reason);
    }
  }

  @Test
  void rolecall_hasTheRoleIdSessionAndKeyOfTheProof() {
    try (Bench bench = bench(IssuerProfile.ROLECALL)) {
      Caller caller = bench.caller(token(IssuerProfile.ROLECALL).signed(Issuers.EC));

      assertThat(caller.role().orElseThrow().id().orElseThrow().toString())
          .isEqualTo("AROAEXAMPLE000000001");
      assertThat(caller.evidence().sessionName()).contains("i-0123456789abcdef0");
      assertThat(caller.evidence().credentialId()).contains("ASIAEXAMPLE000000001");
      assertThat(caller.evidence().scheme()).isEqualTo("token-exchange");
    }
  }

  @Test
  void rolecall_hasTheRoleIdsOfActors() {
    try (Bench bench = bench(IssuerProfile.ROLECALL)) {
      Caller caller =
          bench.caller(
              token(IssuerProfile.ROLECALL)
                  .claim(
                      "act",
                      "{\"sub\":\"arn:aws:iam::111122223333:role/agent\",\"role_id\":\"AROAAGENT00000000001\"}")
                  .signed(Issuers.EC));

      assertThat(caller.attributes().actors())
          .containsExactly(
              IamRole.of("arn:aws:iam::111122223333:role/agent", "AROAAGENT00000000001"));
    }
  }

  @Test
  void okta_withoutSubject_isItsClient() {
    try (Bench bench = bench(IssuerProfile.OKTA)) {
      Caller caller = bench.caller(token(IssuerProfile.OKTA).without("sub").signed(Issuers.EC));

      assertThat(caller.principal().text()).isEqualTo("oidc:idp:0oa1b2c3");
      assertThat(caller.attributes().scopes()).containsExactly("orders:write");
    }
  }

  @Test
  void allowedClients_refuseOthers() {
    Issuers issuers = new Issuers().has(Issuers.IDP, Issuers.EC);
    try (Bench bench =
        new Bench(
            issuers,
            TokenIssuer.of("okta", Issuers.IDP)
                .allowClients(List.of("payments"))
                .forAudience("orders"))) {
      Token token = Token.of(Issuers.EC, Issuers.IDP);

      assertThat(bench.word(token.signed(Issuers.EC))).isEqualTo("refused CLAIM_INVALID");
      assertThat(bench.word(token.claim("client_id", "\"payments\"").signed(Issuers.EC)))
          .isEqualTo("verified");
    }
  }

  @Test
  void audiencesOfAnIssuer_replaceThoseOfTheVerifier() {
    Issuers issuers = new Issuers().has(Issuers.IDP, Issuers.EC);
    try (Bench bench =
        new Bench(
            issuers,
            TokenIssuer.of("entra", Issuers.IDP)
                .audiences(List.of("api://0001"))
                .forAudience("orders"))) {
      Token token = Token.of(Issuers.EC, Issuers.IDP);

      assertThat(bench.word(token.signed(Issuers.EC))).isEqualTo("refused AUDIENCE_MISMATCH");
      assertThat(bench.word(token.claim("aud", "\"api://0001\"").signed(Issuers.EC)))
          .isEqualTo("verified");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://login.microsoftonline.com/{tenantid}/v2.0",
        "https://login.microsoftonline.com/common/v2.0",
        "https://login.microsoftonline.com/organizations/v2.0"
      })
  void entraOfAnyTenant_isRefused(String issuer) {
    TokenVerifier scheme =
        TokenIssuer.of("entra", issuer).profile(IssuerProfile.ENTRA).forAudience("orders");

    assertThatThrownBy(() -> new Bench(new Issuers(), scheme))
        .hasMessageContaining("(expected: the issuer of one tenant");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://idp.example/{realm}", "idp.example", "https://", "urn:idp"})
  void issuerThatIsNoUrl_isRefusedByTheRule(String issuer) {
    TokenVerifier scheme = TokenIssuer.of("idp", issuer).forAudience("orders");

    assertThatThrownBy(() -> new Bench(new Issuers(), scheme))
        .hasMessageStartingWith("issuer: " + issuer + " (expected: https://host/path");
  }

  @Test
  void labels_areTheNamesOfSettings() {
    assertThat(IssuerProfile.named("keycloak")).contains(IssuerProfile.KEYCLOAK);
    assertThat(IssuerProfile.named("Keycloak")).isEmpty();
    assertThat(IssuerProfile.labels()).startsWith("rfc9068, keycloak, okta");
  }
}
