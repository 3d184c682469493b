package dev.rolecall.txntoken;

import static dev.rolecall.txntoken.PassingScene.CHECKOUT;
import static dev.rolecall.txntoken.PassingScene.DOMAIN;
import static dev.rolecall.txntoken.PassingScene.EDGE;
import static dev.rolecall.txntoken.PassingScene.ORDERS;
import static dev.rolecall.txntoken.PassingScene.ROLE_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.rolecall.access.proxy.PassedCallers;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.Fact;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.IssuerAlias;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.key.KeySet;
import dev.rolecall.jwt.key.SigningKey;
import dev.rolecall.jwt.key.VerificationKey;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings of a server, and the caller that it reads from a good token. */
final class TransactionTokensTest {

  private static final Set<PrincipalPattern> EDGES = Set.of(PrincipalPattern.parse(EDGE));

  private final PassingScene scene = new PassingScene();

  @AfterEach
  void close() {
    scene.close();
  }

  private TrustedKeys keys() {
    return TrustedKeys.of(scene.keys.published());
  }

  private String token() {
    return scene.mint.tokenFor(scene.checkout(), ORDERS).orElseThrow().text();
  }

  private static Optional<RefusalReason> refusal(Verification verification) {
    return verification.fold(
        verified -> Optional.empty(),
        refused -> Optional.of(refused.reason()),
        unavailable -> Optional.of(unavailable.reason()));
  }

  @Test
  void read_goodToken_isTheCaller_withHowItWasProven() {
    TransactionToken token = scene.mint.tokenFor(scene.checkout(), ORDERS).orElseThrow();

    Caller caller = scene.passed(token);

    assertThat(caller.principal()).isEqualTo(IamRole.of(CHECKOUT, ROLE_ID));
    assertThat(caller.attributes()).isEqualTo(Attributes.none());
    assertThat(caller.notAfter()).isEqualTo(token.expiry());
    assertThat(caller.via()).isEmpty();
    assertThat(caller.evidence())
        .isEqualTo(
            new Evidence(
                "transaction-token",
                Evidence.Carrier.CALL_METADATA,
                Optional.of("one"),
                Optional.of(token.id()),
                List.of(
                    new Fact("passed_scheme", "proved to the proxy by", "aws-iam"),
                    new Fact("passed_by", "passed on by", EDGE),
                    new Fact("key_id", "key id", scene.keys.current().kid()))));
  }

  @Test
  void read_untilItsEnd_isVerified_andThenExpired() {
    String token = token();

    // It is 45.9; the token ends at 22:19:45.
    scene.time.advance(Duration.ofMillis(59_099));
    assertThat(scene.read(token)).isInstanceOf(Verification.Verified.class);
    scene.time.advance(Duration.ofMillis(1));
    assertThat(refusal(scene.read(token))).hasValue(RefusalReason.CREDENTIAL_EXPIRED);
  }

  @Test
  void read_serverWhoseClockIsBehind_takesHalfAMinute() {
    String token = token();

    scene.time.setClock(scene.time.instant().minusMillis(30_900));
    assertThat(scene.read(token)).isInstanceOf(Verification.Verified.class);
    scene.time.setClock(scene.time.instant().minusMillis(1));
    assertThat(refusal(scene.read(token))).hasValue(RefusalReason.CREDENTIAL_NOT_YET_VALID);
  }

  @Test
  void read_tokenOfAnotherService_isRefused() {
    assertThat(refusal(scene.service(Audience.of("billing")).read(token(), scene.edge())))
        .hasValue(RefusalReason.AUDIENCE_MISMATCH);
  }

  @Test
  void read_tokenOfAnotherTrustDomain_isRefused() {
    try (PassedCallers other =
        TransactionTokens.builder(new TrustDomain("test.example"), Set.of(ORDERS), EDGES, keys())
            .build()
            .open(scene.runtime)) {
      assertThat(refusal(other.read(token(), scene.edge())))
          .hasValue(RefusalReason.AUDIENCE_MISMATCH);
    }
  }

  @Test
  void read_serverOfSeveralNames_takesEach() {
    try (PassedCallers both =
        TransactionTokens.builder(DOMAIN, Set.of(ORDERS, Audience.of("orders-v2")), EDGES, keys())
            .build()
            .open(scene.runtime)) {
      assertThat(both.read(token(), scene.edge())).isInstanceOf(Verification.Verified.class);
      assertThat(
              both.read(
                  scene
                      .mint
                      .tokenFor(scene.checkout(), Audience.of("orders-v2"))
                      .orElseThrow()
                      .text(),
                  scene.edge()))
          .isInstanceOf(Verification.Verified.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"oidc:okta:user", "dns:partners:a.example", "spiffe://mesh.example/a"})
  void read_callerOfAnIssuer_isRefusedByDefault(String principal) {
    String token =
        ForgedToken.good(scene.keys.current().kid())
            .withoutRequester("role_id")
            .claim("sub", "\"" + principal + "\"")
            .signedBy(scene.keys.current());

    try (PassedCallers closed = scene.settings(ORDERS).build().open(scene.runtime)) {
      assertThat(refusal(closed.read(token, scene.edge())))
          .hasValue(RefusalReason.ISSUER_NOT_ALLOWED);
    }
    assertThat(scene.read(token)).isInstanceOf(Verification.Verified.class);
  }

  @Test
  void read_unknownKey_isRefused() {
    scene.keys.turn();

    assertThat(refusal(scene.read(token()))).hasValue(RefusalReason.KEY_UNKNOWN);
  }

  @Test
  void read_afterTheEndOfTheReader_isUnavailable() {
    scene.orders.close();

    assertThat(scene.read(token()))
        .isInstanceOfSatisfying(
            Verification.Unavailable.class,
            unavailable ->
                assertThat(unavailable.reason()).isEqualTo(RefusalReason.ISSUER_UNAVAILABLE));
  }

  @Test
  void isProxy_meansTheListedCallersAlone() {
    assertThat(scene.orders.isProxy(scene.edge())).isTrue();
    assertThat(scene.orders.isProxy(scene.checkout())).isFalse();
  }

  @Test
  void names_areThoseThatWereGiven() {
    TransactionTokens settings =
        scene
            .settings(ORDERS)
            .passedIssuer(IssuerAlias.of("okta"))
            .passedTrustDomain("mesh.example", IssuerAlias.of("mesh"))
            .passedTrustDomain("mesh.example", IssuerAlias.of("mesh"))
            .build();

    assertThat(settings.aliases()).containsExactly(IssuerAlias.of("okta"));
    assertThat(settings.trustDomains()).isEqualTo(Map.of("mesh.example", IssuerAlias.of("mesh")));
    assertThat(scene.settings(ORDERS).build().aliases()).isEmpty();
    assertThat(scene.settings(ORDERS).build().trustDomains()).isEmpty();
  }

  @Test
  void settings_withoutScopeProxyOrKey_areRefused() {
    assertThatThrownBy(() -> TransactionTokens.builder(DOMAIN, Set.of(), EDGES, keys()))
        .hasMessage("scopes: none (expected: the server's audience)");
    assertThatThrownBy(() -> TransactionTokens.builder(DOMAIN, Set.of(ORDERS), Set.of(), keys()))
        .hasMessage("proxies: none (expected: at least one)");
    assertThatThrownBy(() -> TrustedKeys.of(KeySet.of(List.of())))
        .hasMessage("keys: none (expected: at least one)");
  }

  @Test
  void trustDomain_badOrOfTwoOwners_isRefused() {
    TransactionTokens.Builder settings =
        scene.settings(ORDERS).passedTrustDomain("mesh.example", IssuerAlias.of("mesh"));

    assertThatThrownBy(() -> settings.passedTrustDomain("Mesh", IssuerAlias.of("mesh")))
        .hasMessageStartingWith("trust domain: Mesh (expected: ");
    assertThatThrownBy(() -> settings.passedTrustDomain("mesh.example", IssuerAlias.of("b")))
        .hasMessage("trust domain: mesh.example (expected: one owner, not mesh and b)");
  }

  private static KeyPair pair(Algorithm algorithm) throws Exception {
    KeyPairGenerator generator =
        KeyPairGenerator.getInstance(algorithm == Algorithm.ES256 ? "EC" : "RSA");
    if (algorithm == Algorithm.ES256) {
      generator.initialize(new ECGenParameterSpec("secp256r1"));
    } else {
      generator.initialize(2_048);
    }
    return generator.generateKeyPair();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ES256", "RS256"})
  void read_tokenOfAnotherLibrary_isVerified(String name) throws Exception {
    Algorithm algorithm = Algorithm.valueOf(name);
    KeyPair pair = pair(algorithm);
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.parse(name))
                .type(new JOSEObjectType("txntoken+jwt"))
                .keyID("k1")
                .build(),
            new JWTClaimsSet.Builder()
                .audience(DOMAIN.name())
                .subject("key:ci")
                .claim("scope", "orders billing")
                .claim("req_wl", "another-proxy")
                .claim("txn", "97053963-771d-49cc-a4e3-20aad399c312")
                .claim("rctx", Map.of("authn", "api-key"))
                .issueTime(Date.from(scene.time.instant()))
                .expirationTime(Date.from(scene.time.instant().plusSeconds(60)))
                .build());
    JWSSigner signer =
        algorithm == Algorithm.ES256
            ? new ECDSASigner((ECPrivateKey) pair.getPrivate())
            : new RSASSASigner(pair.getPrivate());
    token.sign(signer);
    KeySet published =
        KeySet.of(
            List.of(
                VerificationKey.of(Optional.of("k1"), Optional.of(algorithm), pair.getPublic())));

    try (PassedCallers reader =
        TransactionTokens.builder(DOMAIN, Set.of(ORDERS), EDGES, TrustedKeys.of(published))
            .build()
            .open(scene.runtime)) {
      Verification verification = reader.read(token.serialize(), scene.edge());

      assertThat(((Verification.Verified) verification).caller().principal().text())
          .isEqualTo("key:ci");
    }
  }

  @Test
  void read_edwardsKey_isVerified() {
    SigningKey key = SigningKey.generate(Algorithm.EDDSA, new SecureRandom());
    ManualKeys keys = new ManualKeys(key);
    String token =
        TransactionTokenMint.builder(DOMAIN, EDGE, keys.settings(), scene.runtime)
            .build()
            .tokenFor(scene.checkout(), ORDERS)
            .orElseThrow()
            .text();

    try (PassedCallers reader =
        TransactionTokens.builder(DOMAIN, Set.of(ORDERS), EDGES, TrustedKeys.of(keys.published()))
            .build()
            .open(scene.runtime)) {
      assertThat(reader.read(token, scene.edge())).isInstanceOf(Verification.Verified.class);
    }
  }
}
