package dev.rolecall.access.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.Answer;
import dev.rolecall.access.scheme.CallerVerifier;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.access.scheme.CredentialKey;
import dev.rolecall.access.scheme.Facts;
import dev.rolecall.access.scheme.FakeIssuer;
import dev.rolecall.access.scheme.FakeScheme;
import dev.rolecall.access.scheme.Issuer;
import dev.rolecall.access.scheme.Question;
import dev.rolecall.access.scheme.Reading;
import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.testsupport.CapturedLog;
import dev.rolecall.testsupport.ManualExecutor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine's look-up, with schemes and issuers of the test's. */
final class CallerLookupTest {

  private static final Connection CONNECTION = Connection.withoutTls("198.51.100.1");
  private static final Verification.Refused SETTLED =
      new Verification.Refused(
          RefusalReason.AUDIENCE_MISMATCH, Optional.of(new FakeScheme.Claims("elsewhere")));

  private final CapturedLog log = CapturedLog.of("rolecall.access", Level.ALL);
  private final AccessRuntime runtime =
      AccessRuntime.builder().lookUpExecutor(Runnable::run).build();
  private final List<String> read = new ArrayList<>();

  @AfterEach
  void leave() {
    runtime.close();
    log.close();
  }

  /** A scheme that reads every credential so, and says that it did. */
  private Scheme reading(String name, Supplier<Reading> result) {
    return given ->
        new CallerVerifier() {
          @Override
          public Reading read(Credential credential, Connection connection) {
            read.add(name);
            return result.get();
          }

          @Override
          public void close() {
            read.add(name + " closed");
          }
        };
  }

  private CallerLookup lookup(Scheme... schemes) {
    return CallerLookup.of(
        List.of(schemes), LookupLimits.ofDefaults(), CacheBounds.ofDefaults(), runtime);
  }

  private static Verification find(CallerLookup lookup, Credential credential) {
    return LookupBench.done(lookup.find(credential, CONNECTION));
  }

  @Test
  void of_noScheme_isRefused() {
    assertThatThrownBy(this::lookup)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("schemes: none (expected: at least one, given to accept)");
  }

  @Test
  void of_schemeWhoseSettingsAreBroken_closesThoseBefore() {
    Scheme broken =
        given -> {
          throw new IllegalArgumentException("x: 0 (expected: 1)");
        };
    assertThatThrownBy(() -> lookup(reading("first", Reading::notMine), broken))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("x: 0 (expected: 1)");
    assertThat(read).containsExactly("first closed");
  }

  @Test
  void by_oneScheme_endsItsRuntimeWithIt() {
    List<AccessRuntime> own = new ArrayList<>();
    CallerLookup lookup =
        CallerLookup.by(
            given -> {
              own.add(given);
              return reading("one", () -> new Reading.Settled(SETTLED)).verifier(given);
            });
    assertThat(find(lookup, FakeScheme.header("any"))).isSameAs(SETTLED);
    assertThat(own.get(0).timer().isShutdown()).isFalse();

    lookup.close();

    assertThat(read).containsExactly("one", "one closed");
    assertThat(own.get(0).timer().isShutdown()).isTrue();
  }

  @Test
  void find_schemes_areAskedInOrderUntilOneDecides() {
    try (CallerLookup lookup =
        lookup(
            reading("first", Reading::notMine),
            reading("second", () -> new Reading.Settled(SETTLED)),
            reading("third", Reading::notMine))) {
      assertThat(find(lookup, FakeScheme.header("any"))).isSameAs(SETTLED);
      assertThat(read).containsExactly("first", "second");
    }
    assertThat(read)
        .containsExactly("first", "second", "first closed", "second closed", "third closed");
  }

  /** That scheme, whose credentials all have the one key. */
  private static Scheme keyedAlike(FakeScheme scheme) {
    return given ->
        new CallerVerifier() {
          @Override
          public Reading read(Credential credential, Connection connection) {
            return scheme.read(credential, connection) instanceof Question question
                ? new KeyedAlike(question)
                : Reading.notMine();
          }

          @Override
          public void close() {
            scheme.close();
          }
        };
  }

  private record KeyedAlike(Question question) implements Question {
    @Override
    public CredentialKey key() {
      return new CredentialKey("0", 0);
    }

    @Override
    public Issuer issuer() {
      return question.issuer();
    }

    @Override
    public String claimedId() {
      return question.claimedId();
    }

    @Override
    public Optional<Facts> facts() {
      return question.facts();
    }

    @Override
    public CompletableFuture<Answer> ask(long began) {
      return question.ask(began);
    }
  }

  @Test
  @Tag("attack")
  void find_credentialsOfTwoSchemesWithOneKey_areAnsweredByTheirOwnIssuers() {
    FakeScheme first = new FakeScheme("first");
    FakeScheme second = new FakeScheme("second");
    Credential ofFirst = FakeScheme.header("first:id:0");
    Credential ofSecond = FakeScheme.header("second:id:0");
    try (CallerLookup lookup = lookup(keyedAlike(first), keyedAlike(second))) {
      CompletableFuture<Verification> no = lookup.find(ofSecond, CONNECTION);
      CompletableFuture<Verification> yes = lookup.find(ofFirst, CONNECTION);
      assertThat(first.asked()).as("under way").hasSize(1);
      second.answer(0, FakeScheme.no());
      first.answer(
          0, FakeScheme.yes(FakeScheme.caller("checkout", Instant.now().plusSeconds(900))));

      for (int i = 0; i < 2; i++) {
        assertThat(LookupBench.done(yes)).isInstanceOf(Verification.Verified.class);
        assertThat(LookupBench.done(no)).isInstanceOf(Verification.Refused.class);
        yes = lookup.find(ofFirst, CONNECTION);
        no = lookup.find(ofSecond, CONNECTION);
      }
      assertThat(first.asked()).as("remembered").hasSize(1);
      assertThat(second.asked()).as("remembered").hasSize(1);
    }
  }

  @Test
  @Tag("attack")
  @SuppressWarnings("NullAway") // what no annotation keeps a scheme in another language from
  void find_schemeWithoutAReading_isADefectAndNoRefusal() {
    try (CallerLookup lookup =
        lookup(reading("none", () -> null), reading("next", Reading::notMine))) {
      assertThat(find(lookup, FakeScheme.header("any")))
          .isEqualTo(new Verification.Unavailable(RefusalReason.DEFECT, Optional.empty()));
      assertThat(read).containsExactly("none");
    }
  }

  @Test
  void find_settledYes_isTheVerdict() {
    Verification yes =
        new Verification.Verified(FakeScheme.caller("checkout", Instant.MAX.minusSeconds(1)));
    try (CallerLookup lookup = lookup(reading("one", () -> new Reading.Settled(yes)))) {
      assertThat(find(lookup, FakeScheme.header("any"))).isSameAs(yes);
    }
  }

  @Test
  void find_questionOfALaterScheme_isAskedThere() {
    FakeScheme keys = new FakeScheme("key");
    FakeScheme tokens = new FakeScheme("token").then(FakeScheme.no());
    try (CallerLookup lookup = lookup(keys, tokens)) {
      assertThat(LookupBench.word(find(lookup, FakeScheme.header("token:a:1"))))
          .isEqualTo("refused ISSUER_REFUSED");
      assertThat(keys.asked()).isEmpty();
      assertThat(tokens.asked()).containsExactly("token:a:1");
    }
    assertThat(keys.isClosed()).isTrue();
    assertThat(tokens.isClosed()).isTrue();
  }

  @Test
  void find_credentialOfNoScheme_isMalformed() {
    FakeScheme keys = new FakeScheme("key");
    try (CallerLookup lookup = lookup(keys, reading("other", Reading::notMine))) {
      assertThat(find(lookup, FakeScheme.header("token:a:1")))
          .isEqualTo(new Verification.Refused(RefusalReason.CREDENTIAL_MALFORMED));
      assertThat(read).containsExactly("other");
      assertThat(keys.asked()).isEmpty();
    }
  }

  @Test
  void find_withoutACredential_isMissingAndReadByNoScheme() {
    try (CallerLookup lookup = lookup(reading("one", Reading::notMine))) {
      assertThat(find(lookup, Credential.none()))
          .isEqualTo(new Verification.Refused(RefusalReason.CREDENTIAL_MISSING));
      assertThat(find(lookup, Credential.ambiguous()))
          .isEqualTo(new Verification.Refused(RefusalReason.CREDENTIALS_AMBIGUOUS));
      assertThat(read).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ATTESTATION_INVALID", "CREDENTIAL_MALFORMED", "DEFECT"})
  void find_unusableCredential_isRefusedAsTheDoorSays(RefusalReason reason) {
    try (CallerLookup lookup = lookup(reading("one", Reading::notMine))) {
      assertThat(find(lookup, new Credential.Unusable(reason)))
          .isEqualTo(new Verification.Refused(reason));
      assertThat(read).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Tag("attack")
  void find_schemeThatThrows_isADefectLoggedOnceWithoutItsMessage(boolean error) {
    Supplier<Reading> thrower =
        () -> {
          if (error) {
            throw new InternalError("SECRET");
          }
          throw new IllegalStateException("SECRET");
        };
    try (CallerLookup lookup = lookup(reading("one", thrower))) {
      for (int i = 0; i < 3; i++) {
        assertThat(find(lookup, FakeScheme.header("any")))
            .isEqualTo(new Verification.Unavailable(RefusalReason.DEFECT, Optional.empty()));
      }
    }
    assertThat(log.at(Level.SEVERE)).hasSize(1);
    assertThat(log.text()).doesNotContain("SECRET");
  }

  @Test
  @Tag("attack")
  void find_questionThatEndsAsADefect_isADefectAndNotRemembered() {
    try (LookupBench bench = new LookupBench()) {
      bench.scheme.thenFail(new IllegalStateException("SECRET")).then(bench.yes());
      assertThat(bench.find(0))
          .isEqualTo(
              new Verification.Unavailable(
                  RefusalReason.DEFECT,
                  Optional.empty(),
                  Optional.of(new FakeScheme.Claims("id"))));
      assertThat(LookupBench.word(bench.find(0))).isEqualTo("verified");
    }
    assertThat(log.text()).doesNotContain("SECRET");
  }

  @Test
  void find_refusalOfTheEngine_hasTheFactsOfTheCredential() {
    try (LookupBench bench =
        new LookupBench(limits -> limits.withLookUps(1, 1).withWaiting(1, 1)).answering()) {
      var held = bench.begin(0);
      assertThat(held).isNotDone();
      assertThat(bench.find(1))
          .isInstanceOfSatisfying(
              Verification.Unavailable.class,
              over -> {
                assertThat(over.reason()).isEqualTo(RefusalReason.TOO_MANY_LOOKUPS);
                assertThat(over.facts()).contains(new FakeScheme.Claims("id"));
              });
    }
  }

  @Test
  void find_refusalOfTheIssuer_hasTheFactsOfTheCredential() {
    try (LookupBench bench = new LookupBench()) {
      bench.scheme.then(FakeScheme.no());
      for (int i = 0; i < 2; i++) {
        assertThat(((Verification.Refused) bench.find(0)).facts())
            .contains(new FakeScheme.Claims("id"));
      }
      assertThat(bench.scheme.asked()).hasSize(1);
    }
  }

  @Test
  void find_issuerThatIsAway_isAskedNothingAndCallersAreToldToWait() {
    try (LookupBench bench = new LookupBench()) {
      bench.scheme.issuer().away(true);
      bench.scheme.issuer().answeringQuestion(CompletableFuture.completedFuture(false));
      assertThat(bench.find(0))
          .isEqualTo(
              new Verification.Unavailable(
                  RefusalReason.ISSUER_UNAVAILABLE,
                  Optional.of(FakeIssuer.RETRY_AFTER),
                  Optional.of(new FakeScheme.Claims("id"))));
      assertThat(bench.scheme.asked()).isEmpty();
    }
  }

  @Test
  void find_issuerThatIsBack_isAskedOnceItsQuestionIsAnswered() {
    try (LookupBench bench = new LookupBench()) {
      CompletableFuture<Boolean> question = new CompletableFuture<>();
      bench.scheme.issuer().away(true).answeringQuestion(question);
      bench.scheme.then(bench.yes());
      var waiting = bench.begin(0);
      var left = bench.begin(1);
      assertThat(bench.lookup.callsWaiting()).isEqualTo(2);
      assertThat(waiting).isNotDone();
      assertThat(left.cancel(false)).isTrue();

      question.complete(true);

      assertThat(LookupBench.word(LookupBench.done(waiting))).isEqualTo("verified");
      assertThat(bench.scheme.asked()).as("one that everybody left").containsExactly("key:id:0");
      assertThat(bench.lookup.callsWaiting()).isZero();
    }
  }

  @Test
  void find_askedOnATransportsThread_isLookedUpOnTheExecutor() {
    ManualExecutor executor = new ManualExecutor();
    try (LookupBench bench =
        new LookupBench(LookupLimits.ofDefaults(), CacheBounds.ofDefaults(), executor)) {
      var verdict = bench.begin(0);
      assertThat(bench.scheme.asked()).isEmpty();

      bench.scheme.then(bench.yes());
      executor.runAll();
      assertThat(LookupBench.word(LookupBench.done(verdict))).isEqualTo("verified");
    }
  }

  @Test
  void find_onlyCallLeftBeforeItsLookUpBegan_asksNothing() {
    ManualExecutor executor = new ManualExecutor();
    try (LookupBench bench =
        new LookupBench(LookupLimits.ofDefaults(), CacheBounds.ofDefaults(), executor)) {
      bench.scheme.then(bench.yes());
      assertThat(bench.begin(0).cancel(false)).isTrue();

      executor.runAll();

      assertThat(bench.scheme.asked()).isEmpty();
    }
  }

  @Test
  void find_lookUps_areCountedByCacheAndResultAndTimedByVerdict() {
    try (LookupBench bench = new LookupBench()) {
      bench.scheme.then(bench.yes()).then(FakeScheme.no());
      for (int number : List.of(1, 1, 1, 2, 2)) {
        bench.find(number);
      }
      assertThat(bench.recorded.sums())
          .containsEntry("rolecall.cache.lookups{cache=verified,result=hit}", 2.0)
          .containsEntry("rolecall.cache.lookups{cache=verified,result=miss}", 3.0)
          .containsEntry("rolecall.cache.lookups{cache=refused,result=hit}", 1.0)
          .containsEntry("rolecall.cache.lookups{cache=refused,result=miss}", 2.0)
          .containsKeys(
              "rolecall.server.verification.duration{result=verified}",
              "rolecall.server.verification.duration{result=issuer_refused}");
    }
  }

  @Test
  void find_turnedAway_isCountedAsAMissOfTheRefusedToo() {
    try (LookupBench bench =
        new LookupBench(limits -> limits.withLookUps(2, 1).withInVainPerSecond(1, 1)).answering()) {
      bench.scheme.then(FakeScheme.no());
      List<String> verdicts = new ArrayList<>();
      for (int i = 1; i <= 5; i++) {
        verdicts.add(LookupBench.word(bench.find(i)));
      }
      assertThat(verdicts).contains("unavailable TOO_MANY_LOOKUPS");
      assertThat(bench.recorded.sums())
          .containsEntry("rolecall.cache.lookups{cache=verified,result=miss}", 6.0)
          .containsEntry("rolecall.cache.lookups{cache=refused,result=miss}", 6.0);
    }
  }

  @Test
  @Tag("attack")
  void find_executorThatRejects_isUnavailableAndGivesItsPlacesBack() {
    ManualExecutor executor = new ManualExecutor().rejecting();
    try (LookupBench bench =
        new LookupBench(
            LookupLimits.ofDefaults().withLookUps(1, 1), CacheBounds.ofDefaults(), executor)) {
      for (int i = 0; i < 10; i++) {
        assertThat(LookupBench.word(bench.find(i))).isEqualTo("unavailable ISSUER_UNAVAILABLE");
      }
      executor.accepting();
      bench.scheme.then(bench.yes());
      var verdict = bench.begin(0);
      executor.runAll();
      assertThat(LookupBench.word(LookupBench.done(verdict))).isEqualTo("verified");
    }
  }

  @Test
  void find_executorThatRejectsAndIssuerThatThrows_leavesNobodyWaiting() {
    ManualExecutor none = new ManualExecutor().rejecting();
    try (LookupBench bench =
        new LookupBench(LookupLimits.ofDefaults(), CacheBounds.ofDefaults(), none)) {
      bench.scheme.issuer().failing();

      for (int i = 0; i < 2; i++) {
        assertThat(LookupBench.word(bench.find(0))).isEqualTo("unavailable DEFECT");
      }
      assertThat(bench.lookup.callsWaiting()).isZero();
    }
  }

  @Test
  void find_rememberedCaller_needsNoThread() {
    ManualExecutor executor = new ManualExecutor();
    try (LookupBench bench =
        new LookupBench(LookupLimits.ofDefaults(), CacheBounds.ofDefaults(), executor)) {
      bench.scheme.then(bench.yes());
      var first = bench.begin(0);
      executor.runAll();
      assertThat(first).isCompleted();
      assertThat(bench.begin(0)).isCompleted();
      assertThat(executor.pending()).isZero();
      assertThat(bench.scheme.asked()).hasSize(1);
    }
  }

  @Test
  @Tag("attack")
  void admitting_callersOfNoUse_areVerifiedAndCostHalfARefusal() {
    try (LookupBench bench =
        new LookupBench(limits -> limits.withLookUps(2, 2).withInVainPerSecond(1, 1)).answering()) {
      Answer yes = bench.yes();
      bench.scheme.then(yes);
      var nobody = bench.lookup.admitting(caller -> false);
      int verified = 0;
      while (LookupBench.word(bench.find(verified)).equals("verified")) {
        verified++;
      }
      assertThat(verified).as("of two permits").isEqualTo(3);
      assertThat(LookupBench.word(bench.find(verified))).isEqualTo("unavailable TOO_MANY_LOOKUPS");
      assertThat(LookupBench.word(bench.find(0))).as("remembered").isEqualTo("verified");

      nobody.close();
      bench.time.advance(Duration.ofMinutes(2));
      for (int i = 100; i < 120; i++) {
        assertThat(LookupBench.word(bench.find(i))).isEqualTo("verified");
      }
    }
  }

  @Test
  void admitting_severalUsers_isOfUseToOne() {
    try (LookupBench bench =
        new LookupBench(limits -> limits.withLookUps(2, 2).withInVainPerSecond(1, 1)).answering()) {
      bench.scheme.then(bench.yes());
      var nobody = bench.lookup.admitting(caller -> false);
      var everybody = bench.lookup.admitting(caller -> true);
      for (int i = 0; i < 20; i++) {
        assertThat(LookupBench.word(bench.find(i))).isEqualTo("verified");
      }
      everybody.close();
      nobody.close();
    }
  }

  @Test
  void admitting_userThatThrows_takesNothingFromACaller() {
    try (LookupBench bench =
        new LookupBench(limits -> limits.withLookUps(2, 2).withInVainPerSecond(1, 1)).answering()) {
      bench.scheme.then(bench.yes());
      var throwing =
          bench.lookup.admitting(
              caller -> {
                throw new IllegalStateException("the test's");
              });
      for (int i = 0; i < 20; i++) {
        assertThat(LookupBench.word(bench.find(i))).isEqualTo("verified");
      }
      throwing.close();
    }
  }
}
