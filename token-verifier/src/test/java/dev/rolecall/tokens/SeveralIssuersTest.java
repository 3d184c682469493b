package dev.rolecall.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.IssuerAlias;
import dev.rolecall.identity.OidcSubject;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.key.SigningKey;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Several issuers on one server, with equal names for their keys. */
@Tag("attack")
final class SeveralIssuersTest {

  private static final String OTHER_IDP = "https://other.example";
  private static final SigningKey FIRST = named();
  private static final SigningKey SECOND = named();

  /** A key that its issuer calls {@code KEY_0}, as each account's issuer at AWS does. */
  private static SigningKey named() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      String pem =
          "-----BEGIN PRIVATE KEY-----\n"
              + Base64.getMimeEncoder()
                  .encodeToString(generator.generateKeyPair().getPrivate().getEncoded())
              + "\n-----END PRIVATE KEY-----\n";
      return SigningKey.fromPem(Algorithm.ES256, Optional.of("KEY_0"), pem, new SecureRandom());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static Bench bench() {
    return new Bench(
        new Issuers().has(Issuers.IDP, FIRST).has(OTHER_IDP, SECOND),
        TokenVerifier.forAudience("orders")
            .accept(TokenIssuer.of("first", Issuers.IDP))
            .accept(TokenIssuer.of("second", OTHER_IDP)));
  }

  @Test
  void tokens_ofTwoIssuersWithOneKid_areEachItsOwn() {
    try (Bench bench = bench()) {
      assertThat(bench.caller(Token.of(FIRST, Issuers.IDP).signed(FIRST)).principal())
          .isEqualTo(OidcSubject.of("first", "alice"));
      assertThat(bench.caller(Token.of(SECOND, OTHER_IDP).signed(SECOND)).principal())
          .isEqualTo(OidcSubject.of("second", "alice"));
    }
  }

  @Test
  void token_inTheNameOfTheOtherIssuerOfTheSameKid_isRefused() {
    try (Bench bench = bench()) {
      assertThat(bench.word(Token.of(FIRST, OTHER_IDP).signed(FIRST)))
          .isEqualTo("refused SIGNATURE_INVALID");
      assertThat(bench.word(Token.of(SECOND, Issuers.IDP).signed(SECOND)))
          .isEqualTo("refused SIGNATURE_INVALID");
    }
  }

  @Test
  void token_ofAnIssuerThatIsNotConfigured_isRefusedUnasked() {
    try (Bench bench = bench()) {
      int asked = bench.issuers.asked().size();

      assertThat(bench.word(Token.of(FIRST, "https://third.example").signed(FIRST)))
          .isEqualTo("refused ISSUER_NOT_ALLOWED");
      assertThat(bench.issuers.asked()).hasSize(asked);
    }
  }

  @Test
  void issuerThatIsDown_takesNothingFromTheOther() {
    Issuers issuers = new Issuers().has(Issuers.IDP, FIRST);
    try (Bench bench =
        new Bench(
            issuers,
            TokenVerifier.forAudience("orders")
                .accept(TokenIssuer.of("first", Issuers.IDP))
                .accept(TokenIssuer.of("second", OTHER_IDP)))) {
      assertThat(bench.word(Token.of(SECOND, OTHER_IDP).signed(SECOND)))
          .isEqualTo("unavailable ISSUER_UNAVAILABLE");
      assertThat(bench.word(Token.of(FIRST, Issuers.IDP).signed(FIRST))).isEqualTo("verified");
    }
  }

  @Test
  void aliases_areThoseOfTheIssuers() {
    assertThat(
            TokenVerifier.forAudience("orders")
                .accept(TokenIssuer.of("first", Issuers.IDP))
                .accept(TokenIssuer.of("second", OTHER_IDP))
                .aliases())
        .containsExactly(IssuerAlias.of("first"), IssuerAlias.of("second"));
  }

  @Test
  void settings_thatContradict_areRefusedWhenAVerifierIsMade() {
    refused("issuer", TokenIssuer.of("a", Issuers.IDP), TokenIssuer.of("b", Issuers.IDP));
    refused("alias", TokenIssuer.of("a", Issuers.IDP), TokenIssuer.of("a", OTHER_IDP));
    refused("issuers: none");
    refused("http://idp.example", TokenIssuer.of("a", "http://idp.example"));
    refused(
        "http://idp.example", TokenIssuer.of("a", "http://idp.example").allowPlainHttpOnLoopback());
    refused("user@", TokenIssuer.of("a", "https://user@idp.example"));
    refused("allowClients", TokenIssuer.of("a", Issuers.IDP).profile(IssuerProfile.COGNITO));
    refused("trust domain", TokenIssuer.of("a", Issuers.IDP).profile(IssuerProfile.SPIFFE));
    refused("trust domain", TokenIssuer.of("a", Issuers.IDP).trustDomain("example.org"));
    refused(
        "/common/",
        TokenIssuer.of("a", "https://login.microsoftonline.com/common/v2.0")
            .profile(IssuerProfile.ENTRA));
    refused(
        "trust domain",
        TokenIssuer.of("a", Issuers.IDP).profile(IssuerProfile.SPIFFE).trustDomain("example.org"),
        TokenIssuer.of("b", OTHER_IDP).profile(IssuerProfile.SPIFFE).trustDomain("example.org"));
    assertThatThrownBy(() -> TokenIssuer.of("a", Issuers.IDP).profile(IssuerProfile.AWS))
        .hasMessageContaining("ofWebIdentity");
    assertThatThrownBy(() -> TokenIssuer.of("A", Issuers.IDP)).hasMessageContaining("alias");
    assertThatThrownBy(() -> TokenVerifier.forAudience("two words"))
        .hasMessageContaining("audience: two words (expected:");
    assertThatThrownBy(() -> TokenIssuer.of("a", Issuers.IDP).algorithms(List.of()))
        .hasMessageContaining("algorithms: none");
  }

  private static void refused(String part, TokenIssuer... issuers) {
    TokenVerifier verifier = TokenVerifier.forAudience("orders");
    List.of(issuers).forEach(verifier::accept);
    try (AccessRuntime runtime = AccessRuntime.ofDefaults()) {
      assertRefused(part, () -> verifier.check(runtime.clock()));
      assertRefused(part, () -> verifier.transport(new Issuers()).verifier(runtime));
    }
  }

  private static void assertRefused(String part, ThrowingCallable made) {
    assertThatThrownBy(made)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(part)
        .hasMessageContaining("expected:");
  }

  @Test
  void check_goodSettings_asksNoIssuer() {
    Issuers issuers = Issuers.usual();
    TokenVerifier verifier =
        TokenIssuer.of("okta", Issuers.IDP).forAudience("orders").transport(issuers);

    verifier.check(Clock.systemUTC());

    assertThat(issuers.asked()).isEmpty();
  }

  @Test
  void check_goodSettings_startsNoThread() {
    Set<Thread> before = Thread.getAllStackTraces().keySet();

    TokenIssuer.of("okta", Issuers.IDP).forAudience("orders").check(Clock.systemUTC());

    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(each -> !before.contains(each))
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("HttpClient") || name.startsWith("rolecall"));
  }
}
