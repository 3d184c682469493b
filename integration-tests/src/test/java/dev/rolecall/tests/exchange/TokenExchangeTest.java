package dev.rolecall.tests.exchange;

import static dev.rolecall.tests.exchange.ExchangeScene.ACCOUNT;
import static dev.rolecall.tests.exchange.ExchangeScene.json;
import static dev.rolecall.tests.exchange.ExchangeScene.token;
import static dev.rolecall.tests.exchange.ExchangeScene.verified;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.rolecall.access.lookup.CallerLookup;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.exchange.ExchangeServer;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.stsemulator.Fault;
import dev.rolecall.testing.RolecallExtension;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Real proofs are traded for tokens, which Nimbus JOSE and our own servers verify. */
@Tag("attack")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
final class TokenExchangeTest {

  @RegisterExtension
  static final RolecallExtension ROLECALL = RolecallExtension.forAudience(ExchangeScene.SELF);

  @TempDir static Path folder;

  private ExchangeScene scene;
  private ExchangeServer first;
  private ExchangeServer second;
  private CallerLookup orders;

  @BeforeAll
  void start() {
    scene = new ExchangeScene(ROLECALL, folder);
    first = scene.replica();
    second = scene.replica();
    orders = scene.server(second, "orders");
  }

  @AfterEach
  void recover() {
    ROLECALL.sts().clearFaults();
  }

  @Test
  void proof_isTradedForAToken_thatNimbusVerifies() throws Exception {
    String token = scene.token(first, "checkout", "orders");

    DefaultJWTProcessor<SecurityContext> nimbus = new DefaultJWTProcessor<>();
    nimbus.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt")));
    JWKSet keys =
        JWKSet.parse(
            scene.send(HttpRequest.newBuilder(ExchangeScene.at(second, "/jwks.json"))).body());
    nimbus.setJWSKeySelector(
        new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, new ImmutableJWKSet<>(keys)));
    JWTClaimsSet claims = nimbus.process(token, null);
    assertThat(claims.getIssuer()).isEqualTo(ExchangeScene.ISSUER);
    assertThat(claims.getSubject()).isEqualTo(ACCOUNT + "checkout");
    assertThat(claims.getAudience()).containsExactly("orders");
  }

  /** The pins, the persons and the locks of a policy see what they would see of the proof. */
  @Test
  void token_namesTheSameRoleSessionAndKeyAsItsProof() {
    String proof = scene.proof("checkout");
    CallerLookup byProof = ROLECALL.closing(CallerLookup.by(ROLECALL.verifier()));
    Caller proven = caller(verified(byProof, proof));

    Caller exchanged = caller(verified(orders, token(scene.post(first, proof, "orders", ""))));

    assertThat(exchanged.principal()).isEqualTo(proven.principal());
    assertThat(((IamRole) exchanged.principal()).id()).isPresent();
    assertThat(exchanged.evidence().sessionName()).isEqualTo(proven.evidence().sessionName());
    assertThat(exchanged.evidence().credentialId()).isEqualTo(proven.evidence().credentialId());
    assertThat(exchanged.notAfter()).isBeforeOrEqualTo(proven.notAfter());
  }

  private static Caller caller(Verification verification) {
    assertThat(verification).isInstanceOf(Verification.Verified.class);
    return ((Verification.Verified) verification).caller();
  }

  /** A proof may be sent again, as it may to any server; its tokens end with it. */
  @Test
  void proof_sentAgain_givesTokensThatAllEndWithIt() throws Exception {
    String proof = scene.proof("checkout");
    Set<Instant> ends = new HashSet<>();
    for (ExchangeServer replica : List.of(first, second, first)) {
      ends.add(
          SignedJWT.parse(token(scene.post(replica, proof, "orders", "")))
              .getJWTClaimsSet()
              .getExpirationTime()
              .toInstant());
    }

    assertThat(ends).hasSize(1);
    assertThat(ends.iterator().next())
        .isBeforeOrEqualTo(Instant.now().plus(Duration.ofMinutes(15)));
  }

  @Test
  void proof_ofAStranger_isRefused() {
    assertRefused(
        scene.post(first, scene.proof("stranger"), "orders", ""),
        "invalid_target",
        "METHOD_NOT_ALLOWED");
  }

  @Test
  void proof_forAnotherAudienceThanTheExchange_isRefused() {
    assertRefused(
        scene.post(first, scene.proof("checkout", "orders"), "orders", ""),
        "invalid_request",
        "AUDIENCE_MISMATCH");
  }

  @Test
  void proof_forAServiceThatTheRoleMayNotCall_isRefused() {
    assertRefused(
        scene.post(first, scene.proof("checkout"), "inventory", ""),
        "invalid_target",
        "METHOD_NOT_ALLOWED");
  }

  @Test
  void proof_withOneCharacterOfItsSignatureChanged_isRefused() {
    String proof = scene.proof("checkout");
    char last = proof.charAt(proof.length() - 1);
    String forged = proof.substring(0, proof.length() - 1) + (last == 'a' ? 'b' : 'a');

    HttpResponse<String> answer = scene.post(first, forged, "orders", "");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).text("error")).hasValue("invalid_request");
  }

  /** A token is no proof: an exchange prolongs nothing. */
  @Test
  void token_asASubject_isRefused() {
    String token = scene.token(first, "checkout", "orders");

    assertRefused(
        scene.post(first, token, "orders", ""), "invalid_request", "CREDENTIAL_MALFORMED");
  }

  private static void assertRefused(HttpResponse<String> answer, String error, String reason) {
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).text("error")).hasValue(error);
    assertThat(json(answer).text("error_description").orElseThrow()).contains(reason);
  }

  @Test
  void token_forAnotherAudience_isRefusedByAServer() {
    CallerLookup inventory = scene.server(second, "inventory");

    assertThat(verified(inventory, scene.token(first, "checkout", "orders")))
        .isInstanceOfSatisfying(
            Verification.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.AUDIENCE_MISMATCH));
  }

  @Test
  void actor_isNamedInTheToken_andByTheServer() {
    String token =
        token(scene.post(first, scene.proof("checkout"), "orders", scene.proof("agent")));

    Caller caller = caller(verified(orders, token));
    assertThat(caller.principal().text()).isEqualTo(ACCOUNT + "checkout");
    assertThat(caller.attributes().actors())
        .singleElement()
        .satisfies(actor -> assertThat(actor.text()).isEqualTo(ACCOUNT + "agent"));
  }

  @Test
  void actor_thatMayNotAct_isRefused() {
    assertRefused(
        scene.post(first, scene.proof("checkout"), "orders", scene.proof("stranger")),
        "invalid_target",
        "actor_token: METHOD_NOT_ALLOWED");
  }

  @Test
  void outageOfSts_isUnavailable_andNeverARefusal() {
    String proof = scene.proof("fleet-outage");
    ROLECALL.sts().fail(Fault.serviceUnavailable());

    HttpResponse<String> answer = scene.post(first, proof, "inventory", "");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(json(answer).text("error")).hasValue("temporarily_unavailable");
    assertThat(answer.headers().firstValueAsLong("Retry-After")).isPresent();
  }

  /**
   * Two replicas follow one file: whichever signs, and whichever publishes, every token is good.
   * The keys are of P-256, which are made at once.
   */
  @Test
  void rotation_underLoad_refusesNoToken() {
    ExchangeScene turning = new ExchangeScene(ROLECALL, folder, Algorithm.ES256);
    ExchangeServer one = turning.replica();
    ExchangeServer other = turning.replica();
    CallerLookup server = turning.server(other, "orders");
    String proof = scene.proof("checkout");
    Instant now = ROLECALL.clock().instant();
    Set<String> seen = new HashSet<>();
    int tokens = 0;
    for (int turn = 1; turn <= 2; turn++) {
      String current =
          turning.ring.rotate(now.plus(Duration.ofDays(turn)), new SecureRandom()).get(1);
      boolean oneSigns = false;
      boolean otherSigns = false;
      while (!oneSigns || !otherSigns) {
        oneSigns = current.equals(signedBy(one, proof, server, seen));
        otherSigns = current.equals(signedBy(other, proof, server, seen));
        tokens += 2;
      }
    }

    // The first key too, unless the file was followed before the first token.
    assertThat(seen).hasSizeBetween(2, 3);
    assertThat(tokens).isGreaterThanOrEqualTo(4);
  }

  /** The key of a new token, which the server must take. */
  private String signedBy(
      ExchangeServer replica, String proof, CallerLookup server, Set<String> seen) {
    String token = token(scene.post(replica, proof, "orders", ""));
    assertThat(caller(verified(server, token)).principal().text()).isEqualTo(ACCOUNT + "checkout");
    try {
      String kid = SignedJWT.parse(token).getHeader().getKeyID();
      seen.add(kid);
      return kid;
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }
}
