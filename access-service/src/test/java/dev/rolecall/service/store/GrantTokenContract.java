package dev.rolecall.service.store;

import static dev.rolecall.service.store.Asks.HOUR;
import static dev.rolecall.service.store.Asks.approval;
import static dev.rolecall.service.store.Asks.done;
import static dev.rolecall.service.store.Asks.outcome;
import static dev.rolecall.service.store.Asks.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.SignedJWT;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.grants.v1.SigningKey;
import dev.rolecall.grants.v1.SigningKeyState;
import dev.rolecall.grants.v1.SigningKeys;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.IamRole;
import dev.rolecall.service.failure.FailureReason;
import dev.rolecall.service.request.AccessEvent;
import dev.rolecall.service.request.AccessGrant;
import dev.rolecall.service.request.AccessLock;
import dev.rolecall.service.request.AccessRequest;
import dev.rolecall.service.request.EventKind;
import dev.rolecall.service.request.FreeText;
import dev.rolecall.service.request.LockTarget;
import dev.rolecall.service.request.NewLock;
import dev.rolecall.service.request.NewRequest;
import dev.rolecall.service.request.Subject;
import dev.rolecall.service.token.GrantTokenIssuer;
import dev.rolecall.service.token.GrantTokenSettings;
import dev.rolecall.service.token.KeyMessages;
import dev.rolecall.service.token.KeySealingException;
import dev.rolecall.service.token.SealingKeyFile;
import dev.rolecall.service.token.TokenIssue;
import dev.rolecall.service.token.TokenKeySettings;
import dev.rolecall.service.token.TokenSigningKeys;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Grant tokens and their keys on each database, by two nodes. Tests share one store. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class GrantTokenContract {

  private static final Subject ANN = person("ann", "Lead", "AROALEAD000000001");
  private static final Optional<FreeText> WHY = Optional.of(FreeText.of("because"));
  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir static Path folder;

  final AccessRuntime runtime = AccessRuntime.ofDefaults();
  private AccessStore one;
  private AccessStore two;
  private TokenSigningKeys keysOfOne;
  private TokenSigningKeys keysOfTwo;
  private GrantTokenIssuer issuer;
  private GrantTokenIssuer otherNode;

  /** Two nodes' stores, which may be one. */
  abstract List<AccessStore> open();

  private static GrantTokenSettings settings(Path data) {
    return new GrantTokenSettings(
        "access", SealingKeyFile.besideData(data, RANDOM), TokenKeySettings.standard(), RANDOM);
  }

  @BeforeAll
  void start() throws Exception {
    List<AccessStore> nodes = open();
    one = nodes.get(0);
    two = nodes.get(nodes.size() - 1);
    // The file is there before the nodes start, as it must be where there are several.
    SealingKeyFile.besideData(folder, RANDOM).open(false);
    CompletableFuture<TokenSigningKeys> first =
        CompletableFuture.supplyAsync(
            () -> TokenSigningKeys.open(one, settings(folder), runtime),
            task -> new Thread(task).start());
    keysOfTwo = TokenSigningKeys.open(two, settings(folder), runtime);
    keysOfOne = first.get(30, TimeUnit.SECONDS);
    issuer = issuer(one, keysOfOne);
    otherNode = issuer(two, keysOfTwo);
  }

  private GrantTokenIssuer issuer(AccessStore store, TokenSigningKeys keys) {
    return new GrantTokenIssuer(
        "access",
        store,
        keys,
        (lock, caller) ->
            caller
                .evidence()
                .sessionName()
                .map(name -> lock.target().value().equals("corp/" + name))
                .orElse(true),
        runtime);
  }

  @AfterAll
  void stop() {
    keysOfOne.close();
    keysOfTwo.close();
    one.close();
    two.close();
    runtime.close();
  }

  private AccessGrant granted(NewRequest request) {
    AccessRequest placed = done(one.place(request));
    AccessRequest approved = done(one.review(approval(placed.id(), ANN), review -> true));
    return done(one.grant(approved.standing().grantId().orElseThrow()));
  }

  private static Caller caller(Subject subject) {
    return Caller.of(
        IamRole.of(subject.principal(), subject.roleId().orElseThrow().value()),
        Evidence.ofSession(
            "stated", Evidence.Carrier.CALL_METADATA, subject.sessionName().orElseThrow()),
        Instant.MAX);
  }

  private static TokenIssue issued(GrantTokenIssuer issuer, Subject as, String grantId) {
    return issuer.issue(caller(as), as, grantId).toCompletableFuture().join();
  }

  private static String token(TokenIssue issue) {
    return issue.fold(
        issued -> issued.token().text(),
        failure -> {
          throw new AssertionError("refused: " + failure);
        },
        outage -> {
          throw new AssertionError("unavailable: " + outage);
        });
  }

  private static FailureReason refusal(TokenIssue issue) {
    return issue.fold(
        issued -> {
          throw new AssertionError("issued");
        },
        failure -> failure.reason(),
        outage -> {
          throw new AssertionError("unavailable: " + outage);
        });
  }

  private List<AccessEvent> tokensIssued(String grantId) {
    return done(
            one.events(
                new EventFilter(0, Optional.of(grantId), Optional.empty()), PageKey.first(500)))
        .items()
        .stream()
        .filter(event -> event.word().equals(EventKind.TOKEN_ISSUED.word()))
        .toList();
  }

  private static boolean verifies(SignedJWT token, SigningKeys keys) throws Exception {
    for (SigningKey key : keys.getKeysList()) {
      if (key.getKid().equals(token.getHeader().getKeyID())) {
        return token.verify(new ECDSAVerifier(ECKey.parse(key.getPublicJwk())));
      }
    }
    return false;
  }

  @Test
  void open_twoNodesAtOnce_haveOneKey() {
    assertThat(done(two.keys().list()))
        .filteredOn(key -> key.state().name().equals("CURRENT"))
        .hasSize(1);
  }

  @Test
  void issue_holder_isATokenThatNimbusVerifies() throws Exception {
    Asks asks = Asks.one().resources("orders/us", "orders/eu");
    AccessGrant grant = granted(asks.request(HOUR));
    String text = token(issued(issuer, asks.requester(), grant.id()));
    SignedJWT token = SignedJWT.parse(text);

    // The other node's feed publishes what its store has.
    assertThat(verifies(token, KeyMessages.message("access", done(two.keys().list())))).isTrue();
    assertThat(token.getHeader().toJSONObject())
        .containsOnlyKeys("alg", "typ", "kid")
        .containsEntry("alg", "ES256")
        .containsEntry("typ", "rolecall-grant+jwt");
    assertThat(token.getJWTClaimsSet().getClaims())
        .containsOnlyKeys("iss", "aud", "sub", "jti", "gv", "perm", "res", "cnf", "iat", "exp")
        .containsEntry("iss", "access")
        .containsEntry("aud", List.of("rolecall-enforcer"))
        .containsEntry("sub", asks.requester().principal())
        .containsEntry("jti", grant.id())
        .containsEntry("gv", 1L)
        .containsEntry("perm", grant.scope().permission().value())
        .containsEntry("res", List.of("orders/eu", "orders/us"));
    assertThat(token.getJWTClaimsSet().getJSONObjectClaim("cnf"))
        .containsOnlyKeys("arn", "role_id", "session")
        .containsEntry("session", asks.requester().sessionName().orElseThrow());
    assertThat(
            Duration.between(
                token.getJWTClaimsSet().getIssueTime().toInstant(),
                token.getJWTClaimsSet().getExpirationTime().toInstant()))
        .isEqualTo(Duration.ofMinutes(5));
    // With a proof it must stay under 3,500 characters.
    assertThat(text).hasSizeLessThan(800);
  }

  @Test
  void issue_eachToken_hasAnEventWithoutItsText() {
    Asks asks = Asks.one();
    AccessGrant grant = granted(asks.request(HOUR));
    String first = token(issued(issuer, asks.requester(), grant.id()));
    String second = token(issued(otherNode, asks.requester(), grant.id()));
    List<AccessEvent> events = tokensIssued(grant.id());

    assertThat(events).hasSize(2);
    assertThat(events)
        .allSatisfy(
            event -> {
              assertThat(event.actor()).contains(asks.requester());
              assertThat(event.body())
                  .contains("\"expires_at\"")
                  .contains("\"kid\"")
                  .doesNotContain(first.substring(first.lastIndexOf('.')))
                  .doesNotContain(second.substring(second.lastIndexOf('.')));
            });
  }

  @Test
  void issue_restOfTheGrant_boundsTheLife() throws Exception {
    Asks asks = Asks.one();
    AccessGrant grant = granted(asks.request(Duration.ofMinutes(2)));
    SignedJWT token = SignedJWT.parse(token(issued(issuer, asks.requester(), grant.id())));

    assertThat(token.getJWTClaimsSet().getExpirationTime().toInstant())
        .isBeforeOrEqualTo(grant.period().endsAt())
        .isAfter(grant.period().endsAt().minusSeconds(1));
  }

  @Test
  void issue_anotherCaller_isRefusedAsIfThereWereNone() {
    Asks asks = Asks.one();
    AccessGrant grant = granted(asks.request(HOUR));
    Subject other = person("other-than-" + asks.requester().sessionName().orElseThrow());

    assertThat(refusal(issued(issuer, other, grant.id()))).isEqualTo(FailureReason.GRANT_NOT_FOUND);
    assertThat(refusal(issued(issuer, ANN, grant.id()))).isEqualTo(FailureReason.GRANT_NOT_FOUND);
    assertThat(refusal(issued(issuer, other, "none"))).isEqualTo(FailureReason.GRANT_NOT_FOUND);
    assertThat(refusal(issued(issuer, other, ""))).isEqualTo(FailureReason.GRANT_NOT_FOUND);
    assertThat(refusal(issued(issuer, other, "x".repeat(5_000))))
        .isEqualTo(FailureReason.GRANT_NOT_FOUND);
    assertThat(tokensIssued(grant.id())).isEmpty();
  }

  @Test
  void issue_revokedGrant_isRefusedAtBothNodes() {
    Asks asks = Asks.one();
    AccessGrant grant = granted(asks.request(HOUR));
    done(one.revoke(grant.id(), ANN, WHY));

    assertThat(refusal(issued(issuer, asks.requester(), grant.id())))
        .isEqualTo(FailureReason.GRANT_ENDED);
    assertThat(refusal(issued(otherNode, asks.requester(), grant.id())))
        .isEqualTo(FailureReason.GRANT_ENDED);
    assertThat(tokensIssued(grant.id())).isEmpty();
  }

  @Test
  void issue_grantWhoseTimeIsOver_isRefused() {
    Asks asks = Asks.one();
    AccessGrant grant = granted(asks.request(Duration.ofMillis(50)));
    Awaitility.await().until(() -> done(one.position()).time().isAfter(grant.period().endsAt()));

    assertThat(refusal(issued(issuer, asks.requester(), grant.id())))
        .isEqualTo(FailureReason.GRANT_ENDED);
    assertThat(tokensIssued(grant.id())).isEmpty();
  }

  @Test
  void issue_scheduledGrant_isRefused() {
    Asks asks = Asks.one();
    Instant start = done(one.position()).time().plus(HOUR);
    AccessGrant grant = granted(asks.scheduled(start, HOUR));

    assertThat(refusal(issued(issuer, asks.requester(), grant.id())))
        .isEqualTo(FailureReason.GRANT_NOT_STARTED);
    assertThat(tokensIssued(grant.id())).isEmpty();
  }

  @Test
  void issue_lockedHolder_isRefusedUntilTheLockIsLifted_I18() {
    Asks asks = Asks.one();
    AccessGrant grant = granted(asks.request(HOUR));
    LockTarget target = LockTarget.person(asks.requester().party());
    AccessLock lock = done(one.lock(new NewLock(target, AccessLock.Limits.NONE, ANN, WHY)));

    assertThat(refusal(issued(otherNode, asks.requester(), grant.id())))
        .isEqualTo(FailureReason.CALLER_LOCKED);
    assertThat(tokensIssued(grant.id())).isEmpty();
    done(one.unlock(lock.id(), ANN, WHY));
    token(issued(otherNode, asks.requester(), grant.id()));
  }

  @Test
  void issue_tooManyQuestions_areRefused() {
    Asks asks = Asks.one();
    boolean refused = false;
    for (int each = 0; each < 500 && !refused; each++) {
      refused = refusal(issued(issuer, asks.requester(), "")) == FailureReason.TOO_MANY;
    }

    assertThat(refused).isTrue();
  }

  /** Whatever comes first: no token is younger than the revocation. */
  @Test
  void issue_raceWithRevokeAtTheOtherNode_isNeverAfterIt() {
    for (int race = 0; race < 15; race++) {
      Asks asks = Asks.one();
      AccessGrant grant = granted(asks.request(HOUR));
      var issue = issuer.issue(caller(asks.requester()), asks.requester(), grant.id());
      long revoked = done(two.revoke(grant.id(), ANN, WHY)).revision();
      boolean issued = issue.toCompletableFuture().join() instanceof TokenIssue.Issued;
      List<AccessEvent> events = tokensIssued(grant.id());

      assertThat(events).hasSize(issued ? 1 : 0);
      assertThat(events).allSatisfy(event -> assertThat(event.revision()).isLessThan(revoked));
    }
  }

  @Test
  void rotate_atBothNodesAtOnce_beginsOneRotation() {
    var first = keysOfOne.rotate(ANN);
    var second = keysOfTwo.rotate(ANN);
    List<Outcome<List<StoredKey>>> outcomes = List.of(outcome(first), outcome(second));

    assertThat(outcomes).filteredOn(Outcome.Done.class::isInstance).hasSize(1);
    assertThat(outcomes).filteredOn(Outcome.Refused.class::isInstance).hasSize(1);
    assertThat(issuer.keys().orElseThrow().getKeysList())
        .extracting(SigningKey::getState)
        .contains(SigningKeyState.CURRENT);
    // Ended, for the tests that follow.
    done(keysOfOne.replaceAllAndRefuseTheirTokens(ANN));
  }

  @Test
  void replaceAll_theft_tokensUnderWayVerifyNoLonger() throws Exception {
    Asks asks = Asks.one();
    AccessGrant grant = granted(asks.request(HOUR));
    done(keysOfOne.replaceAllAndRefuseTheirTokens(ANN));
    SignedJWT stolen = SignedJWT.parse(token(issued(issuer, asks.requester(), grant.id())));
    assertThat(verifies(stolen, issuer.keys().orElseThrow())).isTrue();
    done(keysOfOne.replaceAllAndRefuseTheirTokens(ANN));
    SignedJWT fresh = SignedJWT.parse(token(issued(issuer, asks.requester(), grant.id())));

    assertThat(verifies(stolen, issuer.keys().orElseThrow())).isFalse();
    assertThat(verifies(fresh, issuer.keys().orElseThrow())).isTrue();
  }

  @Test
  void open_anotherKeyFile_failsAndLeavesTheKeys(@TempDir Path other) {
    List<String> before = done(one.keys().list()).stream().map(StoredKey::kid).toList();
    SealingKeyFile.besideData(other, RANDOM).open(false);

    assertThatThrownBy(() -> TokenSigningKeys.open(one, settings(other), runtime))
        .isInstanceOf(KeySealingException.class)
        .hasMessageContaining("sealed by another key file");
    assertThat(done(one.keys().list())).extracting(StoredKey::kid).isEqualTo(before);
  }

  @Test
  void open_keyFileIsLost_failsAndMakesNone(@TempDir Path empty) {
    assertThatThrownBy(() -> TokenSigningKeys.open(one, settings(empty), runtime))
        .isInstanceOf(KeySealingException.class)
        .hasMessageContaining("missing, and the store has keys that it sealed");
    assertThat(empty).isEmptyDirectory();
  }

  @Test
  void store_privatePart_isSealed() {
    assertThat(done(one.keys().list()))
        .isNotEmpty()
        .allSatisfy(key -> assertThat(key.sealedPrivate()).startsWith("v1."));
  }
}
