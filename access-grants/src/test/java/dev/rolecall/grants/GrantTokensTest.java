package dev.rolecall.grants;

import static dev.rolecall.identity.RefusalReason.CALLER_LOCKED;
import static dev.rolecall.identity.RefusalReason.GRANTS_STALE;
import static dev.rolecall.identity.RefusalReason.GRANT_EXPIRED;
import static dev.rolecall.identity.RefusalReason.GRANT_REQUIRED;
import static dev.rolecall.identity.RefusalReason.GRANT_REVOKED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.access.grant.Grants;
import dev.rolecall.access.grant.Holding;
import dev.rolecall.grants.token.GrantTokenClaims;
import dev.rolecall.grants.token.TokenHolder;
import dev.rolecall.grants.v1.Locked;
import dev.rolecall.grants.v1.SigningKeyState;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.jwt.json.JsonValue;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.key.SigningKey;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.policy.grant.ResourceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Grant tokens on a server that follows a feed, and on one that does not. */
final class GrantTokensTest {

  private final Bench bench = new Bench();
  private @TempDir Path folder;

  @AfterEach
  void close() {
    bench.close();
  }

  private void followWithKey() {
    bench.follow();
    bench.node.say(bench.message().addKeys(Tokens.told(Tokens.KEY, SigningKeyState.CURRENT)));
  }

  private Holding held(String token) {
    return held(Bench.caller(), token);
  }

  private Holding held(Caller caller, String token) {
    return bench.grants().holdingByToken(caller, token, Bench.ADMIN, Optional.empty());
  }

  private String token(String... resources) {
    return Tokens.sign(Tokens.claims(bench.service(), resources));
  }

  private void assertRefused(Holding holding, RefusalReason reason) {
    assertThat(holding.isHeld()).isFalse();
    assertThat(holding.reason()).isEqualTo(reason);
  }

  @Test
  void token_ofTheCaller_isHeldToItsEnd() {
    followWithKey();
    GrantTokenClaims claims = Tokens.claims(bench.service());
    Holding holding = held(Tokens.sign(claims));

    assertThat(holding.isHeld()).isTrue();
    assertThat(holding.isExtendable()).isFalse();
    assertThat(holding.end()).isEqualTo(claims.life().expiry());
    long left = claims.life().expiry().toEpochMilli() - bench.serviceMillis();
    assertThat(holding.endTicks() - bench.time.nanos()).isEqualTo(left * 1_000_000);

    bench.pass(Duration.ofMillis(left - 1));
    assertThat(holding.isHeld()).isTrue();
    bench.pass(Duration.ofMillis(1));
    assertRefused(holding, GRANT_EXPIRED);
    assertRefused(held(Tokens.sign(claims)), GRANT_EXPIRED);
  }

  @Test
  void token_ofTwoCallers_servesItsHolderAlone() {
    followWithKey();
    String token = token();

    assertThat(held(Bench.caller("alice@corp"), token).isHeld()).isTrue();
    assertRefused(held(Bench.caller("bob@corp"), token), GRANT_REQUIRED);
    assertRefused(held(Bench.callerOfUnknown(), token), GRANT_REQUIRED);
    assertRefused(held(Bench.subject("0oa1"), token), GRANT_REQUIRED);
    assertThat(held(Bench.caller("ALICE@corp"), token).isHeld()).isTrue();
  }

  @Test
  void token_ofASubject_servesIt() {
    followWithKey();
    String token =
        Tokens.sign(
            Tokens.with(Tokens.claims(bench.service()), new TokenHolder("oidc:okta:0oa1", "", "")));

    assertThat(held(Bench.subject("0oa1"), token).isHeld()).isTrue();
    assertRefused(held(Bench.subject("0oa2"), token), GRANT_REQUIRED);
  }

  @Test
  void token_ofResources_isForThemAlone() {
    followWithKey();
    String token = token("orders/eu");

    assertRefused(held(token), GRANT_REQUIRED);
    assertThat(
            bench
                .grants()
                .holdingByToken(
                    Bench.caller(), token, Bench.ADMIN, Optional.of(ResourceName.of("orders/eu")))
                .isHeld())
        .isTrue();
    assertRefused(
        bench
            .grants()
            .holdingByToken(
                Bench.caller(), token, Bench.ADMIN, Optional.of(ResourceName.of("orders/us"))),
        GRANT_REQUIRED);
    assertRefused(
        bench
            .grants()
            .holdingByToken(
                Bench.caller(), token(), PermissionName.of("orders-audit"), Optional.empty()),
        GRANTS_STALE);
  }

  @Test
  void token_ofARevokedGrant_isRefusedBeforeAndAfterIsHeld() {
    followWithKey();
    Holding holding = held(token());
    assertThat(holding.isHeld()).isTrue();

    bench.tell(bench.personGrant("g1", "alice@corp", Duration.ofHours(1)).setRevoked(true));

    assertRefused(holding, GRANT_REVOKED);
    assertRefused(held(token()), GRANT_REVOKED);
  }

  @Test
  void i18_tokenOfALockedCaller_isRefused() {
    followWithKey();
    Holding holding = held(token());
    assertThat(holding.isHeld()).isTrue();

    bench.tell(Bench.lock("l1", Locked.newBuilder().setRoleId(Bench.ROLE)));

    assertRefused(holding, CALLER_LOCKED);
  }

  @Test
  void i15_tokenWhereTheFeedIsStale_isRefused() {
    followWithKey();
    Holding holding = held(token());
    assertThat(holding.isHeld()).isTrue();

    bench.scheduler.pass(Duration.ofSeconds(5));

    assertRefused(holding, GRANTS_STALE);
  }

  @Test
  void token_beforeItsKeyIsKnown_isJudgedOnceItIs() {
    bench.follow();
    bench.node.say(bench.message());
    Holding holding = held(token());
    assertRefused(holding, GRANTS_STALE);

    bench.node.say(bench.message().addKeys(Tokens.told(Tokens.KEY, SigningKeyState.NEXT)));

    assertThat(holding.isHeld()).isTrue();
  }

  @Test
  void token_whoseKeyIsGone_isHeldNoMore() {
    followWithKey();
    Holding holding = held(token());
    assertThat(holding.isHeld()).isTrue();

    bench.node.say(bench.message().addKeys(Tokens.told(Tokens.OTHER, SigningKeyState.CURRENT)));

    assertThat(holding.isHeld()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = SigningKeyState.class,
      names = {"SIGNING_KEY_STATE_UNSPECIFIED"})
  void key_ofUnknownState_isLeftOut(SigningKeyState state) {
    bench.follow();
    bench.node.say(bench.message().addKeys(Tokens.told(Tokens.KEY, state)));

    assertThat(held(token()).isHeld()).isFalse();
  }

  @Test
  void key_ofAStateBeyondTheEnum_isLeftOutAndTheOthersCount() {
    bench.follow();
    bench.node.say(
        bench
            .message()
            .addKeys(
                Tokens.told(Tokens.OTHER, SigningKeyState.CURRENT).toBuilder().setStateValue(99))
            .addKeys(Tokens.told(Tokens.KEY, SigningKeyState.CURRENT)));

    assertThat(held(token()).isHeld()).isTrue();
    assertThat(
            held(Tokens.sign(
                    Tokens.OTHER, GrantTokenClaims.TYPE, Tokens.claims(bench.service()).toJson()))
                .isHeld())
        .isFalse();
  }

  @Test
  void algorithm_rs256_isAccepted() {
    SigningKey rsa = SigningKey.generate(Algorithm.RS256, new SecureRandom());
    bench.follow();
    bench.node.say(bench.message().addKeys(Tokens.told(rsa, SigningKeyState.CURRENT)));

    assertThat(
            held(Tokens.sign(rsa, GrantTokenClaims.TYPE, Tokens.claims(bench.service()).toJson()))
                .isHeld())
        .isTrue();
  }

  @Test
  void forgeries_ofOneCaller_areBoundedAndLeaveOthersAlone() {
    followWithKey();
    String good = token();
    for (int i = 0; i < 5; i++) {
      assertRefused(held(forged(i)), GRANT_REQUIRED);
    }

    assertRefused(held(forged(5)), GRANTS_STALE);
    assertRefused(held(good), GRANTS_STALE);
    assertThat(heldBySubject("0oa1").isHeld()).isTrue();

    Holding waiting = held(good);
    assertThat(waiting.isHeld()).isFalse();
    bench.pass(Duration.ofSeconds(1));
    assertThat(waiting.isHeld()).isTrue();
  }

  @Test
  void forgeries_ofManyCallers_leaveNewTokensOfOthersAlone() {
    followWithKey();
    assertThat(held(token()).isHeld()).isTrue();
    forgeByMany();

    // At once for a holder of late; within a second for one who is not known yet.
    assertThat(held(token()).isHeld()).isTrue();
    bench.pass(Duration.ofSeconds(1));
    forgeByMany();
    assertRefused(heldBySubject("forger-1"), GRANTS_STALE);
    assertThat(held(token()).isHeld()).isTrue();
    for (int i = 0; i < 100; i++) {
      assertThat(heldBySubject("newcomer-" + i).isHeld()).isTrue();
    }

    bench.pass(Duration.ofMinutes(1));
    assertThat(heldBySubject("forger-1").isHeld()).isTrue();
  }

  private void forgeByMany() {
    for (int i = 0; i < 50; i++) {
      for (int j = 0; j < 6; j++) {
        Holding forged = held(Bench.subject("forger-" + i), forged(claimsOf("forger-" + i)));
        assertThat(forged.isHeld()).isFalse();
      }
    }
  }

  private Holding heldBySubject(String subject) {
    return held(Bench.subject(subject), Tokens.sign(claimsOf(subject)));
  }

  private GrantTokenClaims claimsOf(String subject) {
    return Tokens.with(
        Tokens.claims(bench.service()), new TokenHolder("oidc:okta:" + subject, "", ""));
  }

  @Test
  void forgeries_ofOneWhoSharesARole_leaveNewTokensOfAHolderOfLateAlone() {
    followWithKey();
    assertThat(held(token()).isHeld()).isTrue();
    for (int i = 0; i < 10; i++) {
      assertThat(held(Bench.caller("bob@corp"), forgedOfBob(i)).isHeld()).isFalse();
    }

    assertRefused(held(Bench.caller("bob@corp"), forgedOfBob(10)), GRANTS_STALE);
    assertThat(held(token()).isHeld()).isTrue();
    assertRefused(held(forged(1)), GRANT_REQUIRED);
    assertRefused(held(token()), GRANTS_STALE);
  }

  /** The text of the principal is the forger's choice: it is not what the checks are counted by. */
  private String forgedOfBob(int number) {
    return forged(
        Tokens.with(
            Tokens.claims(bench.service()),
            new TokenHolder("any-" + number, Bench.ROLE, "bob@corp")));
  }

  @Test
  void tokensOfOthers_costTheirBringerNoPermit() {
    followWithKey();
    for (int i = 0; i < 12; i++) {
      assertRefused(held(Bench.caller("bob@corp"), forged(i)), GRANT_REQUIRED);
    }

    assertThat(held(token()).isHeld()).isTrue();
  }

  @Test
  void sameForgery_sentAgain_costsOnePermit() {
    followWithKey();
    String forged = forged(1);
    for (int i = 0; i < 12; i++) {
      assertRefused(held(forged), GRANT_REQUIRED);
    }

    assertThat(held(token()).isHeld()).isTrue();
  }

  @Test
  void checks_areCountedByResult_andRememberedVerdictsAreNot() {
    followWithKey();
    String good = token();
    assertThat(held(good).isHeld()).isTrue();
    assertThat(held(good).isHeld()).isTrue();
    assertRefused(
        held(Tokens.sign(Tokens.claims(bench.service().minus(Duration.ofMinutes(10))))),
        GRANT_EXPIRED);
    for (int i = 0; i < 5; i++) {
      assertRefused(held(forged(i)), GRANT_REQUIRED);
    }
    assertThat(checks("undecided")).isNegative();
    assertRefused(held(forged(5)), GRANTS_STALE);

    assertThat(checks("verified")).isEqualTo(1);
    assertThat(checks("expired")).isEqualTo(1);
    assertThat(checks("refused")).isEqualTo(5);
    assertThat(checks("undecided")).isPositive();
  }

  private double checks(String result) {
    return bench.telemetry.sum("rolecall.grants.tokens{result=" + result + "}");
  }

  /** A token of a caller of its own, signed by another key under the id of the known one. */
  private String forged(int number) {
    return forged(Tokens.claims(bench.service(), "r" + number));
  }

  private static String forged(GrantTokenClaims claims) {
    String good = Tokens.sign(claims);
    String other = Tokens.sign(Tokens.OTHER, GrantTokenClaims.TYPE, claims.toJson());
    return good.substring(0, good.lastIndexOf('.')) + other.substring(other.lastIndexOf('.'));
  }

  /** A flaw of a token that its issuer has signed all the same. */
  record Flaw(String what, Consumer<Map<String, JsonValue>> change) {
    @Override
    public String toString() {
      return what;
    }
  }

  private static Flaw without(String name) {
    return new Flaw("without " + name, claims -> claims.remove(name));
  }

  private static Flaw with(String name, JsonValue value) {
    return new Flaw(name + " changed", claims -> claims.put(name, value));
  }

  private static Flaw inHolder(String name, JsonValue value) {
    return new Flaw(
        "cnf." + name + " changed",
        claims -> {
          if (claims.get("cnf") instanceof JsonValue.Members before) {
            Map<String, JsonValue> holder = new LinkedHashMap<>(before.values());
            holder.put(name, value);
            claims.put("cnf", new JsonValue.Members(holder));
          }
        });
  }

  static Stream<Flaw> flaws() {
    JsonValue text = new JsonValue.Text("other");
    return Stream.concat(
        Stream.of("iss", "aud", "sub", "jti", "gv", "perm", "cnf", "iat", "exp")
            .map(GrantTokensTest::without),
        Stream.of(
            with("aud", text),
            with("sub", text),
            with("jti", new JsonValue.Text("")),
            with("jti", new JsonValue.Text("a b")),
            with("gv", text),
            with("gv", new JsonValue.Whole(-1)),
            with("perm", new JsonValue.Text("Orders Admin")),
            with("perm", text),
            with("res", text),
            with("res", new JsonValue.Items(List.of())),
            with("res", new JsonValue.Items(List.of(new JsonValue.Text("..")))),
            with("res", new JsonValue.Items(List.of(new JsonValue.Whole(1)))),
            with("cnf", text),
            with("scope", text),
            with("nbf", new JsonValue.Whole(1_700_000_000)),
            with("exp", new JsonValue.Whole(9_999_999_999L)),
            with("iat", new JsonValue.Whole(9_999_999_000L)),
            inHolder("role_id", new JsonValue.Text("AROAEXAMPLEENGINEER2")),
            inHolder("role_id", new JsonValue.Whole(1)),
            inHolder("session", new JsonValue.Text("bob@corp")),
            inHolder("x5t#S256", text)));
  }

  @ParameterizedTest
  @MethodSource("flaws")
  void token_withFlaw_isRefused(Flaw flaw) {
    followWithKey();
    JsonValue.Members claims = Tokens.changed(Tokens.claims(bench.service()), flaw.change());

    assertRefused(held(Tokens.sign(Tokens.KEY, GrantTokenClaims.TYPE, claims)), GRANT_REQUIRED);
  }

  @Test
  void text_thatIsNoToken_isRefused() {
    followWithKey();
    String good = token();

    for (String text :
        new String[] {
          "", "x", "a.b.c", good + "x", good.substring(1), " " + good, "x".repeat(5_000)
        }) {
      assertRefused(held(text), GRANT_REQUIRED);
    }
    assertRefused(
        held(Tokens.sign(Tokens.KEY, "at+jwt", Tokens.claims(bench.service()).toJson())),
        GRANT_REQUIRED);
  }

  @Test
  void keys_ofAHistoryThatIsReplaced_verifyNothing() {
    followWithKey();
    Holding holding = held(token());
    assertThat(holding.isHeld()).isTrue();

    bench.node.say(bench.heartbeat().setEpoch("epoch-2").setReset(true).setMore(true));
    assertThat(holding.isHeld()).isTrue();
    bench.node.say(bench.heartbeat().setEpoch("epoch-2"));

    assertThat(holding.isHeld()).isFalse();
    assertThat(held(token()).isHeld()).isFalse();
  }

  @Test
  void token_ofTheFuture_isRefused() {
    followWithKey();

    assertThat(held(Tokens.sign(Tokens.claims(bench.service().plusSeconds(29)))).isHeld()).isTrue();
    assertRefused(
        held(Tokens.sign(Tokens.claims(bench.service().plusSeconds(32)))), GRANT_REQUIRED);
  }

  @Test
  void holding_asText_showsNothing() {
    followWithKey();

    assertThat(held(token())).hasToString("TokenHolding[****]");
  }

  // --- without a feed

  private Grants alone() throws IOException {
    Path keys = folder.resolve("keys.json");
    Files.write(keys, Tokens.keys(Tokens.KEY).toJson());
    return GrantTokens.keysFile(keys, "access").open(bench.runtime);
  }

  private static Holding held(Grants grants, String token) {
    return grants.holdingByToken(Bench.caller(), token, Bench.ADMIN, Optional.empty());
  }

  @Test
  void tokensAlone_ofTheIssuer_areHeldByThisServersClock() throws IOException {
    try (Grants grants = alone()) {
      Holding holding = held(grants, Tokens.sign(Tokens.claims(bench.time.instant())));

      assertThat(holding.isHeld()).isTrue();
      bench.time.advance(Duration.ofMinutes(5));
      assertRefused(holding, GRANT_EXPIRED);
    }
  }

  @Test
  void tokensAlone_clockSetBack_revivesNothing() throws IOException {
    try (Grants grants = alone()) {
      String token = Tokens.sign(Tokens.claims(bench.time.instant()));
      Holding holding = held(grants, token);
      assertThat(holding.isHeld()).isTrue();

      bench.time.advance(Duration.ofMinutes(6));
      bench.time.setClock(bench.time.instant().minusSeconds(360));

      assertThat(holding.isHeld()).isFalse();
    }
  }

  @Test
  void tokensAlone_clockSetForward_isObeyed() throws IOException {
    try (Grants grants = alone()) {
      Holding holding = held(grants, Tokens.sign(Tokens.claims(bench.time.instant())));
      assertThat(holding.isHeld()).isTrue();

      bench.time.setClock(bench.time.instant().plusSeconds(301));

      assertRefused(holding, GRANT_EXPIRED);
    }
  }

  @Test
  void tokensAlone_ofAnotherIssuer_areRefused() throws IOException {
    try (Grants grants = alone()) {
      JsonValue.Members claims =
          Tokens.changed(
              Tokens.claims(bench.time.instant()),
              values -> values.put("iss", new JsonValue.Text("staging")));

      assertRefused(
          held(grants, Tokens.sign(Tokens.KEY, GrantTokenClaims.TYPE, claims)), GRANT_REQUIRED);
      assertRefused(grants.holding(Bench.caller(), Bench.ADMIN, Optional.empty()), GRANT_REQUIRED);
      assertThat(grants.isLocked(Bench.caller())).isFalse();
    }
  }

  @Test
  void tokensAlone_closed_holdNothing() throws IOException {
    Grants grants = alone();
    Holding holding = held(grants, Tokens.sign(Tokens.claims(bench.time.instant())));
    assertThat(holding.isHeld()).isTrue();

    grants.close();

    assertThat(holding.isHeld()).isFalse();
  }

  @Test
  void keysFile_thatIsNone_throws() throws IOException {
    Path none = folder.resolve("none.json");
    assertThatThrownBy(() -> GrantTokens.keysFile(none, "access").open(bench.runtime))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no such file (expected: a JSON Web Key Set)");
    Path empty = Files.writeString(folder.resolve("empty.json"), "{\"keys\":[]}");
    assertThatThrownBy(() -> GrantTokens.keysFile(empty, "access").open(bench.runtime))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no usable key");
  }
}
