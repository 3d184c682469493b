package dev.rolecall.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.IamRole;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.key.KeySet;
import dev.rolecall.jwt.key.SigningKey;
import dev.rolecall.jwt.ring.KeysInForce;
import dev.rolecall.testsupport.ManualTime;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The life, the budget and the binding of tokens. */
final class TokenMintTest {

  private static final TokenTarget ORDERS = new TokenTarget("orders");

  private final ManualTime time = new ManualTime(Instant.parse("2026-11-21T22:18:45.900Z"));
  private final SigningKey key = SigningKey.generate(Algorithm.ES256, new SecureRandom());
  private final TokenMint mint = mint(Duration.ofMinutes(5));

  private TokenMint mint(Duration life) {
    return new TokenMint(
        new IssuerSettings(
            IssuerUrl.parse("https://id.example"),
            new OneKey(),
            new TokenLife(life),
            new SecureRandom()),
        time);
  }

  private final class OneKey implements KeysInForce {
    @Override
    public SigningKey current() {
      return key;
    }

    @Override
    public KeySet published() {
      return KeySet.of(List.of(key.verificationKey()));
    }

    @Override
    public void close() {}
  }

  private Caller caller(String accessKey, Duration life) {
    return Caller.of(
        IamRole.of(StatedScheme.ACCOUNT + "checkout", "AROAEXAMPLE000000001"),
        Evidence.ofSession("stated", Evidence.Carrier.CALL_METADATA, "one")
            .with(accessKey, List.of()),
        time.instant().plus(life));
  }

  private TokenContent content(Caller subject) {
    return new TokenContent(subject, Optional.empty(), ORDERS, Optional.empty());
  }

  private JWTClaimsSet claims(TokenContent content) throws Exception {
    ExchangeOutcome.Issued issued =
        (ExchangeOutcome.Issued) mint.issue(content, IssuedType.ACCESS_TOKEN);
    return SignedJWT.parse(issued.token().text()).getJWTClaimsSet();
  }

  @Test
  void issue_longProof_livesAsLongAsTheExchangeAllows() throws Exception {
    JWTClaimsSet claims = claims(content(caller("ASIA1", Duration.ofMinutes(14))));

    assertThat(claims.getIssueTime()).isEqualTo("2026-11-21T22:18:45Z");
    assertThat(claims.getExpirationTime()).isEqualTo("2026-11-21T22:23:45Z");
  }

  @Test
  void issue_shortProof_neverOutlivesIt() throws Exception {
    JWTClaimsSet claims = claims(content(caller("ASIA1", Duration.ofSeconds(90))));

    // The proof ends at 22:20:15.9.
    assertThat(claims.getExpirationTime()).isEqualTo("2026-11-21T22:20:15Z");
  }

  @Test
  void issue_actorWhoseProofEndsFirst_endsWithIt() throws Exception {
    TokenContent content =
        new TokenContent(
            caller("ASIA1", Duration.ofMinutes(4)),
            Optional.of(caller("ASIA2", Duration.ofMinutes(1))),
            ORDERS,
            Optional.empty());

    assertThat(claims(content).getExpirationTime()).isEqualTo("2026-11-21T22:19:45Z");
  }

  @Test
  void issue_proofThatLapsed_isRefused() {
    assertThat(mint.issue(content(caller("ASIA1", Duration.ofMillis(99))), IssuedType.JWT))
        .isInstanceOf(ExchangeRefusal.class);
  }

  @Test
  void issue_clientCertificate_isInTheToken() throws Exception {
    BindingHash sender = BindingHash.of(new byte[] {1, 2, 3});
    TokenContent content =
        new TokenContent(
            caller("ASIA1", Duration.ofMinutes(4)), Optional.empty(), ORDERS, Optional.of(sender));

    assertThat(claims(content).getJSONObjectClaim("cnf"))
        .containsOnlyKeys("x5t#S256")
        .containsEntry("x5t#S256", sender.value());
  }

  @Test
  void issue_overTheBudgetOfASession_waitsForTheNextMinute_andOthersGoOn() {
    TokenContent greedy = content(caller("ASIA1", Duration.ofMinutes(4)));
    for (int i = 0; i < IssueBudget.MOST; i++) {
      assertThat(mint.issue(greedy, IssuedType.JWT)).isInstanceOf(ExchangeOutcome.Issued.class);
    }

    ExchangeRefusal refused = (ExchangeRefusal) mint.issue(greedy, IssuedType.JWT);
    assertThat(refused.error()).isEqualTo(OAuthError.OVER_LIMIT);
    assertThat(refused.retryAfter()).hasValue(Duration.ofMillis(14_100));
    assertThat(mint.issue(content(caller("ASIA2", Duration.ofMinutes(4))), IssuedType.JWT))
        .isInstanceOf(ExchangeOutcome.Issued.class);
    time.advance(Duration.ofMillis(14_100));
    assertThat(mint.issue(greedy, IssuedType.JWT)).isInstanceOf(ExchangeOutcome.Issued.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT59S", "PT15M1S", "PT0S", "PT-5M"})
  void tokenLife_outsideItsBounds_isRefused(String life) {
    assertThatThrownBy(() -> new TokenLife(Duration.parse(life)))
        .hasMessage("tokenLife: " + life + " (expected: PT1M to PT15M)");
  }
}
