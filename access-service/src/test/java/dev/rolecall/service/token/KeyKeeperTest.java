package dev.rolecall.service.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.key.SigningKey;
import dev.rolecall.service.request.Subject;
import dev.rolecall.service.store.Outcome;
import dev.rolecall.service.store.Refusal;
import dev.rolecall.service.store.SigningKeyState;
import dev.rolecall.service.store.StoredKey;
import dev.rolecall.testsupport.CapturedLog;
import dev.rolecall.testsupport.ManualTime;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The signing keys of one store, kept by one node or two. */
class KeyKeeperTest {

  private static final Duration PERIOD = Duration.ofDays(30);
  private static final Optional<Subject> ANN =
      Optional.of(Subject.of("arn:aws:iam::111122223333:role/Ann"));
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final ManualTime time = new ManualTime();
  private final MemoryKeys store = new MemoryKeys(time);
  private final CapturedLog log = CapturedLog.of("rolecall.access.service", Level.ALL);
  private final KeyKeeper node = keeper(new TestSealing(1));
  private final KeyKeeper other = keeper(new TestSealing(1));

  private KeyKeeper keeper(KeySealing sealing) {
    return new KeyKeeper(
        new KeyShelf(store, store::position),
        new KeyMaker(Algorithm.ES256, sealing, new SecureRandom()),
        new KeyRotation(PERIOD),
        time::nanos);
  }

  @AfterEach
  void closeLog() {
    log.close();
  }

  private List<SigningKeyState> states() {
    return store.all().stream().map(StoredKey::state).toList();
  }

  private String signing(KeyKeeper keeper) {
    return keeper.known().currentAt(time.nanos()).map(SigningKey::kid).orElse("nothing");
  }

  private String current() {
    return KeyRotation.in(SigningKeyState.CURRENT, store.all()).orElseThrow().kid();
  }

  private void pass(Duration by, KeyKeeper... looking) {
    time.advance(by);
    for (KeyKeeper each : looking) {
      each.look();
    }
  }

  @Test
  void start_emptyStore_signsAtOnce() {
    node.start(false);

    assertThat(states()).containsExactly(SigningKeyState.CURRENT);
    assertThat(signing(node)).isEqualTo(current());
  }

  @Test
  void start_storeWithAKey_changesNothing() {
    node.start(false);
    other.start(false);

    assertThat(states()).containsExactly(SigningKeyState.CURRENT);
    assertThat(signing(other)).isEqualTo(signing(node));
  }

  @Test
  void start_anotherNodeIsFirst_takesItsKey() {
    store.beforeNextChange(() -> other.start(false));
    node.start(false);

    assertThat(signing(node)).isEqualTo(signing(other)).isEqualTo(current());
  }

  @Test
  void start_storeAway_fails() {
    store.away(true);

    assertThatThrownBy(() -> node.start(false))
        .isInstanceOfSatisfying(
            StepFailedException.class, e -> assertThat(e.isRefused()).isFalse());
  }

  @Test
  void start_anotherKeyFile_failsAndChangesNothing() {
    node.start(false);
    List<StoredKey> before = store.all();
    KeyKeeper wrong = keeper(new TestSealing(2));

    assertThatThrownBy(() -> wrong.start(false))
        .isInstanceOf(KeySealingException.class)
        .hasMessageContaining("another key file");
    assertThat(store.all()).isEqualTo(before);
    assertThat(signing(wrong)).isEqualTo("nothing");
  }

  @Test
  void start_replacingLostKeys_signsByNewOnesAlone() {
    node.start(false);
    node.rotate(ANN);
    List<String> lost = store.trusted().stream().map(StoredKey::kid).toList();
    KeyKeeper fresh = keeper(new TestSealing(2));
    fresh.start(true);

    assertThat(store.trusted()).extracting(StoredKey::kid).doesNotContainAnyElementsOf(lost);
    assertThat(signing(fresh)).isEqualTo(current());
    node.look();
    assertThat(signing(node)).isEqualTo("nothing");
  }

  @Test
  void start_replacingKeysOfAnEmptyStore_makesTheFirst() {
    node.start(true);

    assertThat(states()).containsExactly(SigningKeyState.CURRENT);
    assertThat(signing(node)).isEqualTo(current());
  }

  @Test
  void look_keyIsDue_goesThroughAllStates() {
    node.start(false);
    String first = current();

    pass(PERIOD.minusMinutes(10).minus(SECOND), node);
    assertThat(states()).containsExactly(SigningKeyState.CURRENT);
    pass(SECOND, node);
    assertThat(states()).containsExactly(SigningKeyState.CURRENT, SigningKeyState.NEXT);
    pass(Duration.ofMinutes(10).minus(SECOND), node);
    assertThat(signing(node)).isEqualTo(first);
    pass(SECOND, node);
    assertThat(states()).containsExactly(SigningKeyState.RETIRED, SigningKeyState.CURRENT);
    assertThat(signing(node)).isEqualTo(current()).isNotEqualTo(first);
    pass(Duration.ofMinutes(7).minus(SECOND), node);
    assertThat(states()).containsExactly(SigningKeyState.RETIRED, SigningKeyState.CURRENT);
    pass(SECOND, node);
    assertThat(states()).containsExactly(SigningKeyState.CURRENT, SigningKeyState.WITHDRAWN);
    assertThat(node.known().stored()).extracting(StoredKey::kid).containsExactly(current());
    assertThat(store.all().get(1).sealedPrivate()).isEmpty();
  }

  /**
   * Two nodes through a rotation and around it, one of which reads as rarely as it may: whatever a
   * node signed is verified by the published keys for as long as the token lives, and a minute
   * more; and each key was published for ten minutes before it signed.
   */
  @Test
  void look_twoNodesOfWhichOneReadsRarely_everyTokenCanBeVerifiedForItsLife() {
    Map<String, Instant> firstPublished = new HashMap<>();
    Map<String, Instant> trustedUntil = new HashMap<>();
    Set<String> signed = new HashSet<>();
    node.start(false);
    other.start(false);
    firstPublished.put(current(), time.instant().minus(Duration.ofDays(1)));
    pass(PERIOD.minusMinutes(12), node, other);
    for (int second = 0; second < 40 * 60; second += 5) {
      pass(Duration.ofSeconds(5));
      if (second % 10 == 0) {
        node.look();
      }
      if (second % 55 == 0) {
        other.look();
      }
      Instant now = time.instant();
      List<String> published = store.trusted().stream().map(StoredKey::kid).toList();
      published.forEach(kid -> firstPublished.putIfAbsent(kid, now));
      for (String kid : List.of(signing(node), signing(other))) {
        trustedUntil.put(kid, now.plus(Duration.ofMinutes(6)));
        signed.add(kid);
        assertThat(firstPublished.get(kid)).isBeforeOrEqualTo(now.minus(Duration.ofMinutes(10)));
      }
      trustedUntil.forEach(
          (kid, until) ->
              assertThat(published.contains(kid) || !now.isBefore(until))
                  .as("%s at %s", kid, now)
                  .isTrue());
      assertThat(store.trusted().stream().filter(key -> key.state() == SigningKeyState.CURRENT))
          .hasSize(1);
    }
    assertThat(signed).hasSize(2);
    assertThat(store.trusted()).hasSize(1);
  }

  @Test
  void look_anotherNodeIsFirstAtEachStep_followsIt() {
    node.start(false);
    other.start(false);

    store.beforeNextChange(other::look);
    pass(PERIOD.minusMinutes(10), node);
    assertThat(states()).containsExactly(SigningKeyState.CURRENT, SigningKeyState.NEXT);
    store.beforeNextChange(other::look);
    pass(Duration.ofMinutes(10), node);
    assertThat(states()).containsExactly(SigningKeyState.RETIRED, SigningKeyState.CURRENT);
    assertThat(signing(node)).isEqualTo(signing(other)).isEqualTo(current());
    store.beforeNextChange(other::look);
    pass(Duration.ofMinutes(7), node);
    assertThat(states()).containsExactly(SigningKeyState.CURRENT, SigningKeyState.WITHDRAWN);
    assertThat(log.with("SEVERE")).isEmpty();
  }

  /** By the store's clock, which the test moves apart from the nodes' elapsed time. */
  @Test
  void look_storesClockIsBehind_waits() {
    node.start(false);
    time.advance(PERIOD);
    time.setClock(ManualTime.START);
    node.look();

    assertThat(states()).containsExactly(SigningKeyState.CURRENT);
  }

  @Test
  void look_storeAwayForAMinute_signsNoMore() {
    node.start(false);
    String first = signing(node);
    store.away(true);

    pass(Duration.ofSeconds(59), node);
    assertThat(signing(node)).isEqualTo(first);
    pass(SECOND, node);
    assertThat(signing(node)).isEqualTo("nothing");
    assertThat(log.with("WARNING signing keys: not read: no database")).hasSize(1);

    store.away(false);
    node.look();
    assertThat(signing(node)).isEqualTo(first);
    assertThat(log.with("INFO signing keys: read again")).hasSize(1);
  }

  @Test
  void look_nextKeyThatThisNodeCannotOpen_neverSigns() {
    node.start(false);
    String first = current();
    KeyMaker foreign = new KeyMaker(Algorithm.ES256, new TestSealing(2), new SecureRandom());
    store.add(foreign.make(SigningKeyState.NEXT), ANN);

    pass(Duration.ofMinutes(10), node);
    pass(SECOND, node);
    assertThat(current()).isEqualTo(first);
    assertThat(signing(node)).isEqualTo(first);
    assertThat(log.with("SEVERE no tokens")).hasSize(1);
  }

  @Test
  void look_currentKeyThatThisNodeCannotOpen_signsNothing() {
    node.start(false);
    StoredKey foreign =
        new KeyMaker(Algorithm.ES256, new TestSealing(2), new SecureRandom())
            .make(SigningKeyState.NEXT);
    store.add(foreign, ANN);
    store.activate(foreign.kid(), ANN);
    node.look();

    assertThat(signing(node)).isEqualTo("nothing");
    assertThat(node.known().stored()).hasSize(2);
    assertThat(log.with("SEVERE no tokens")).hasSize(1);
  }

  @Test
  void rotate_command_beginsARotationNow() {
    node.start(false);
    String first = current();
    Outcome<List<StoredKey>> begun = node.rotate(ANN);

    assertThat(begun).isInstanceOf(Outcome.Done.class);
    assertThat(states()).containsExactly(SigningKeyState.CURRENT, SigningKeyState.NEXT);
    assertThat(signing(node)).isEqualTo(first);
    pass(Duration.ofMinutes(10), other);
    node.look();
    assertThat(signing(node)).isEqualTo(current()).isNotEqualTo(first);
  }

  @Test
  void rotate_whileOneIsUnderWay_isRefused() {
    node.start(false);
    other.start(false);
    store.beforeNextChange(() -> other.rotate(ANN));

    assertThat(node.rotate(ANN))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> assertThat(refused.refusal().reason()).isEqualTo(Refusal.Reason.KEY_EXISTS));
    assertThat(states()).containsExactly(SigningKeyState.CURRENT, SigningKeyState.NEXT);
  }

  @Test
  void rotate_storeAway_isAnOutage() {
    node.start(false);
    store.away(true);

    assertThat(node.rotate(ANN)).isInstanceOf(Outcome.Unavailable.class);
    assertThat(node.replaceAll(ANN)).isInstanceOf(Outcome.Unavailable.class);
  }

  @Test
  void replaceAll_allKeys_areTrustedNoLonger() {
    node.start(false);
    other.start(false);
    node.rotate(ANN);
    List<String> before = store.trusted().stream().map(StoredKey::kid).toList();
    Outcome<List<StoredKey>> replaced = node.replaceAll(ANN);

    assertThat(replaced).isInstanceOf(Outcome.Done.class);
    assertThat(store.trusted()).extracting(StoredKey::kid).doesNotContainAnyElementsOf(before);
    assertThat(signing(node)).isEqualTo(current());
    other.look();
    assertThat(signing(other)).isEqualTo(current());
  }

  @Test
  void replaceAll_twoNodesAtOnce_leaveOneKeyThatSigns() {
    node.start(false);
    other.start(false);
    store.beforeNextChange(() -> other.replaceAll(ANN));
    node.replaceAll(ANN);
    pass(Duration.ofMinutes(10), node, other);

    assertThat(store.trusted().stream().filter(key -> key.state() == SigningKeyState.CURRENT))
        .hasSize(1);
    assertThat(signing(node)).isEqualTo(signing(other)).isEqualTo(current());
  }

  @Test
  void log_wholeLife_hasNothingOfAPrivatePart() {
    node.start(false);
    node.rotate(ANN);
    pass(Duration.ofMinutes(10), node);
    String sealed = store.trusted().get(0).sealedPrivate();

    assertThat(log.with("signs from now on")).hasSize(1);
    assertThat(log.text()).doesNotContain(sealed).doesNotContain("sealed");
  }
}
