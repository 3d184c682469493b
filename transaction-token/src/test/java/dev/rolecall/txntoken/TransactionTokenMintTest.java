package dev.rolecall.txntoken;

import static dev.rolecall.txntoken.PassingScene.BILLING;
import static dev.rolecall.txntoken.PassingScene.CHECKOUT;
import static dev.rolecall.txntoken.PassingScene.DOMAIN;
import static dev.rolecall.txntoken.PassingScene.EDGE;
import static dev.rolecall.txntoken.PassingScene.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.ApiClient;
import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.ClaimValue;
import dev.rolecall.identity.DnsName;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.OidcSubject;
import dev.rolecall.identity.Principal;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.SpiffeId;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.testsupport.RecordedTelemetry;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The claims of tokens, their lives, and what never gets into one. */
final class TransactionTokenMintTest {

  private final PassingScene scene = new PassingScene();

  @AfterEach
  void close() {
    scene.close();
  }

  private static JWTClaimsSet claims(Optional<TransactionToken> token) throws Exception {
    return SignedJWT.parse(token.orElseThrow().text()).getJWTClaimsSet();
  }

  private TransactionTokenMint.Builder mint() {
    return TransactionTokenMint.builder(DOMAIN, EDGE, scene.keys.settings(), scene.runtime);
  }

  @Test
  void tokenFor_role_hasTheClaimsOfTheDraft_andNoOthers() throws Exception {
    TransactionToken token = scene.mint.tokenFor(scene.checkout(), ORDERS).orElseThrow();

    JWTClaimsSet claims = SignedJWT.parse(token.text()).getJWTClaimsSet();
    assertThat(claims.getClaims().keySet())
        .containsExactlyInAnyOrder("aud", "sub", "scope", "req_wl", "txn", "iat", "exp", "rctx");
    assertThat(claims.toJSONObject().get("aud")).isEqualTo("prod.example");
    assertThat(claims.getSubject()).isEqualTo(CHECKOUT);
    assertThat(claims.getStringClaim("scope")).isEqualTo("orders");
    assertThat(claims.getStringClaim("req_wl")).isEqualTo(EDGE);
    assertThat(claims.getStringClaim("txn")).hasSize(22).isEqualTo(token.id());
    assertThat(claims.getIssueTime()).isEqualTo("2026-11-21T22:18:45Z");
    assertThat(claims.getExpirationTime()).isEqualTo("2026-11-21T22:19:45Z");
    assertThat(claims.getJSONObjectClaim("rctx"))
        .isEqualTo(Map.of("authn", "aws-iam", "role_id", PassingScene.ROLE_ID, "session", "one"));
  }

  @Test
  void tokenFor_header_hasTypeAlgorithmAndKey() throws Exception {
    TransactionToken token = scene.mint.tokenFor(scene.checkout(), ORDERS).orElseThrow();

    assertThat(SignedJWT.parse(token.text()).getHeader().toJSONObject())
        .isEqualTo(
            Map.of("typ", "txntoken+jwt", "alg", "ES256", "kid", scene.keys.current().kid()));
  }

  @ParameterizedTest
  @EnumSource(
      value = Algorithm.class,
      names = {"ES256", "RS256"})
  void tokenFor_signature_isGoodByAnotherLibrary(Algorithm algorithm) throws Exception {
    try (PassingScene other = new PassingScene(algorithm)) {
      SignedJWT token =
          SignedJWT.parse(other.mint.tokenFor(other.checkout(), ORDERS).orElseThrow().text());
      JWK key =
          JWKSet.parse(new String(other.keys.published().toJson(), StandardCharsets.UTF_8))
              .getKeyByKeyId(token.getHeader().getKeyID());

      assertThat(
              token.verify(
                  algorithm == Algorithm.ES256
                      ? new ECDSAVerifier(key.toECKey())
                      : new RSASSAVerifier(key.toRSAKey())))
          .isTrue();
    }
  }

  static Stream<Principal> principals() {
    return Stream.of(
        IamRole.ofUnknownId(RoleArn.parse(CHECKOUT)),
        OidcSubject.of("okta", "0oa1:b c"),
        new SpiffeId("mesh.example", "/ns/shop/sa/checkout"),
        DnsName.of("partners", "api.example.com"),
        new ApiClient("ci"));
  }

  @ParameterizedTest
  @MethodSource("principals")
  void tokenFor_principalOfEachKind_isReadAgain(Principal principal) {
    Caller caller =
        Caller.of(
            principal,
            Evidence.of("some-scheme", Evidence.Carrier.CALL_METADATA),
            scene.time.instant().plusSeconds(600));

    Caller passed = scene.passed(scene.mint.tokenFor(caller, ORDERS).orElseThrow());

    assertThat(passed.principal()).isEqualTo(principal);
    assertThat(passed.evidence().sessionName()).isEmpty();
  }

  @Test
  void tokenFor_longestSubject_fits() {
    SpiffeId longest = new SpiffeId("mesh.example", "/" + "a".repeat(2_048 - 22));
    assertThat(longest.text()).hasSize(2_048);

    Caller caller = scene.caller(longest, Duration.ofMinutes(5));

    assertThat(scene.passed(scene.mint.tokenFor(caller, ORDERS).orElseThrow()).principal())
        .isEqualTo(longest);
  }

  @Test
  void tokenFor_moreThanFits_isEmpty() {
    SpiffeId longest = new SpiffeId("mesh.example", "/" + "a".repeat(2_000));
    Caller caller =
        scene
            .caller(longest, Duration.ofMinutes(5))
            .with(Attributes.none().withActors(List.of(longest, longest)));

    assertThat(scene.mint.tokenFor(caller, ORDERS)).isEmpty();
    assertThat(scene.mint.tokenForCall(caller, ORDERS, "a.B/C")).isEmpty();
    assertThat(scene.mint.held()).isZero();
    assertThat(scene.mints("too_long")).isEqualTo(2);
    assertThat(scene.mints("minted")).isEqualTo(RecordedTelemetry.NONE);
  }

  @Test
  void tokenFor_actors_arePassedOn() throws Exception {
    List<Principal> actors =
        List.of(OidcSubject.of("okta", "agent"), IamRole.ofUnknownId(RoleArn.parse(EDGE)));
    Caller caller = scene.checkout().with(Attributes.none().withActors(actors));

    Optional<TransactionToken> token = scene.mint.tokenFor(caller, ORDERS);

    assertThat(claims(token).getJSONObjectClaim("rctx"))
        .containsEntry("actors", List.of("oidc:okta:agent", EDGE));
    assertThat(scene.passed(token.orElseThrow()).attributes().actors()).isEqualTo(actors);
  }

  @Test
  void tokenFor_credentialAndClaims_stayHere() throws Exception {
    Caller caller =
        scene
            .checkout()
            .with(
                Attributes.none()
                    .withClient("client-x")
                    .withScopes(Set.of("scope-x"))
                    .withTags(Map.of("tag-x", "x"))
                    .withClaims(Map.of("claim-x", new ClaimValue.Text("claim-x"))));

    for (Optional<TransactionToken> token :
        List.of(
            scene.mint.tokenFor(caller, ORDERS),
            scene.mint.tokenForCall(caller, ORDERS, "a.B/C"))) {
      assertThat(claims(token).toString())
          .doesNotContain(PassingScene.SECRET, "-x", "eu-central-1");
    }
  }

  @Test
  void tokenFor_callerThatEndsFirst_endsWithIt_inWholeSeconds() throws Exception {
    Caller caller = scene.caller(new ApiClient("ci"), Duration.ofMillis(20_500));

    // It ends at 22:19:06.4.
    assertThat(claims(scene.mint.tokenFor(caller, ORDERS)).getExpirationTime())
        .isEqualTo("2026-11-21T22:19:06Z");
  }

  @Test
  void tokenFor_callerAtItsEnd_isEmpty() {
    // It is 45.9: the last whole second must lie ahead.
    assertThat(
            scene.mint.tokenFor(scene.caller(new ApiClient("ci"), Duration.ofMillis(100)), ORDERS))
        .isPresent();
    assertThat(
            scene.mint.tokenFor(scene.caller(new ApiClient("ci"), Duration.ofMillis(99)), ORDERS))
        .isEmpty();
    assertThat(scene.mint.tokenFor(scene.caller(new ApiClient("ci"), Duration.ofDays(-1)), ORDERS))
        .isEmpty();
  }

  @Test
  void tokenFor_callerWithoutEnd_livesAsLongAsOthers() throws Exception {
    Caller caller =
        Caller.of(
            new ApiClient("ci"),
            Evidence.of("api-key", Evidence.Carrier.CALL_METADATA),
            Instant.MAX);

    assertThat(claims(scene.mint.tokenFor(caller, ORDERS)).getExpirationTime())
        .isEqualTo("2026-11-21T22:19:45Z");
  }

  @Test
  void life_isSet() throws Exception {
    TransactionTokenMint mint = mint().life(Duration.ofMinutes(5)).build();

    assertThat(claims(mint.tokenFor(scene.checkout(), ORDERS)).getExpirationTime())
        .isEqualTo("2026-11-21T22:23:45Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT10S", "PT1H"})
  void life_atItsBounds_isTaken(String life) {
    assertThatCode(() -> mint().life(Duration.parse(life))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT9.999S", "PT1H0.001S", "PT0S", "PT-1M"})
  void life_beyondItsBounds_isRefused(String life) {
    assertThatThrownBy(() -> mint().life(Duration.parse(life)))
        .hasMessage("life: " + Duration.parse(life) + " (expected: PT10S to PT1H)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "caf\u00e9", "line\n"})
  void workload_otherForm_isRefused(String text) {
    assertThatThrownBy(
            () -> TransactionTokenMint.builder(DOMAIN, text, scene.keys.settings(), scene.runtime))
        .hasMessageStartingWith("workload: ");
  }

  @Test
  void workload_atAndOverItsLongest() {
    assertThatCode(
            () ->
                TransactionTokenMint.builder(
                    DOMAIN, "w".repeat(2_048), scene.keys.settings(), scene.runtime))
        .doesNotThrowAnyException();
    assertThatThrownBy(
            () ->
                TransactionTokenMint.builder(
                    DOMAIN, "w".repeat(2_049), scene.keys.settings(), scene.runtime))
        .hasMessageContaining("1 to 2048 visible characters");
  }

  @Test
  void tokenForCall_hasTheMethod_andIsSignedAnew() throws Exception {
    Caller caller = scene.checkout();

    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      JWTClaimsSet claims = claims(scene.mint.tokenForCall(caller, ORDERS, "orders.v1.Orders/Get"));
      assertThat(claims.getJSONObjectClaim("tctx"))
          .isEqualTo(Map.of("method", "orders.v1.Orders/Get"));
      ids.add(claims.getStringClaim("txn"));
    }
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(scene.mint.held()).isZero();
  }

  @Test
  void address_staysHere_unlessItIsSwitchedOn() throws Exception {
    InetAddress client = InetAddress.getByName("192.0.2.7");

    assertThat(claims(scene.mint.tokenFor(scene.checkout(), ORDERS, client)).toString())
        .doesNotContain("192.0.2.7");
    assertThat(scene.mint.tokenFor(scene.checkout(), ORDERS, client))
        .containsSame(scene.mint.tokenFor(scene.checkout(), ORDERS).orElseThrow());
  }

  @Test
  void address_thatIsPassedOn_hasTokensOfItsOwn() throws Exception {
    TransactionTokenMint mint = mint().passClientAddresses().build();
    Caller caller = scene.checkout();

    Optional<TransactionToken> one = mint.tokenFor(caller, ORDERS, address("192.0.2.7"));
    Optional<TransactionToken> other = mint.tokenFor(caller, ORDERS, address("2001:db8::7"));
    Optional<TransactionToken> none = mint.tokenFor(caller, ORDERS);

    assertThat(claims(one).getJSONObjectClaim("rctx")).containsEntry("req_ip", "192.0.2.7");
    assertThat(claims(other).getJSONObjectClaim("rctx"))
        .containsEntry("req_ip", "2001:db8:0:0:0:0:0:7");
    assertThat(claims(none).getJSONObjectClaim("rctx")).doesNotContainKey("req_ip");
    assertThat(
            claims(mint.tokenForCall(caller, ORDERS, "a.B/C", address("192.0.2.7")))
                .getJSONObjectClaim("rctx"))
        .containsEntry("req_ip", "192.0.2.7");
    assertThat(scene.passed(one.orElseThrow()).evidence().facts())
        .anySatisfy(fact -> assertThat(fact.value()).isEqualTo("192.0.2.7"));
    scene.passed(other.orElseThrow());
  }

  @Test
  void address_withAZone_losesIt() throws Exception {
    TransactionTokenMint mint = mint().passClientAddresses().build();
    InetAddress zoned =
        Inet6Address.getByAddress(
            null,
            new byte[] {(byte) 0xfe, (byte) 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1},
            3);

    Optional<TransactionToken> token = mint.tokenFor(scene.checkout(), ORDERS, zoned);

    assertThat(claims(token).getJSONObjectClaim("rctx"))
        .containsEntry("req_ip", "fe80:0:0:0:0:0:0:1");
  }

  private static InetAddress address(String text) throws UnknownHostException {
    return InetAddress.getByName(text);
  }

  @Test
  void tokenFor_callerThatWasPassedOn_keepsSubjectTransactionAndScheme() throws Exception {
    TransactionToken first = scene.mint.tokenFor(scene.checkout(), ORDERS).orElseThrow();
    Caller passed = scene.passed(first).via(scene.edge());
    TransactionTokenMint inner =
        TransactionTokenMint.builder(DOMAIN, "inner-proxy", scene.keys.settings(), scene.runtime)
            .build();

    JWTClaimsSet second = claims(inner.tokenFor(passed, BILLING));

    assertThat(second.getSubject()).isEqualTo(CHECKOUT);
    assertThat(second.getStringClaim("txn")).isEqualTo(first.id());
    assertThat(second.getStringClaim("req_wl")).isEqualTo("inner-proxy");
    assertThat(second.getStringClaim("scope")).isEqualTo("billing");
    assertThat(second.getJSONObjectClaim("rctx"))
        .isEqualTo(Map.of("authn", "aws-iam", "role_id", PassingScene.ROLE_ID, "session", "one"));
    assertThat(second.getExpirationTime().toInstant()).isEqualTo(first.expiry());
  }

  @Test
  void values_maskTheToken() {
    TransactionToken token = scene.mint.tokenFor(scene.checkout(), ORDERS).orElseThrow();

    assertThat(token.toString())
        .isEqualTo("TransactionToken[" + token.id() + ", ****]")
        .doesNotContain(token.text());
    assertThat(scene.mint).hasToString("TransactionTokenMint[prod.example, ****]");
  }

  @Test
  void publishedKeys_areThoseInForce_andCloseEndsThem() {
    scene.keys.turn();
    assertThat(scene.mint.publishedKeys()).isSameAs(scene.keys.published());

    scene.mint.close();
    assertThat(scene.keys.isClosed()).isTrue();
  }

  @Test
  void build_declaresItsTask_soThatAnAlertSeesTheFirstFailure() {
    assertThat(scene.telemetry.sum("rolecall.task.failures{task=key_ring}")).isZero();
  }

  @Test
  void metrics_thatThrow_stopNoToken() {
    RecordedTelemetry broken =
        new RecordedTelemetry(
            () -> {
              throw new IllegalStateException("no metrics");
            });
    AccessRuntime runtime =
        AccessRuntime.builder().clock(scene.time).openTelemetry(broken.telemetry()).build();
    try (runtime;
        TransactionTokenMint mint =
            TransactionTokenMint.builder(DOMAIN, EDGE, scene.keys.settings(), runtime).build()) {
      assertThat(mint.tokenFor(scene.checkout(), ORDERS)).isPresent();
    }
  }
}
