package dev.rolecall.grants.internal.known;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.testsupport.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The size of what is known, and the effect of many changes on it. */
final class KnownStateTest {

  private static final int GRANTS = 100_000;
  private static final int MOST_BYTES = 600;
  private static final long NOW = 1_800_000_000_000L;

  private final ManualTime time = new ManualTime();

  private static KnownGrant grant(int number, long revision) {
    String digits = Integer.toString(1_000_000 + number);
    return new KnownGrant(
        "01900000-0000-7000-8000-00000" + digits,
        revision,
        new GrantKey(
            "orders-admin",
            new String("AROAEXAMPLEENGINEER1"),
            "person" + digits + "@corp.example"),
        List.of(),
        new Term(NOW - 1_000, NOW + 3_600_000, false));
  }

  private static News news(long revision, boolean more, List<KnownGrant> grants) {
    return new News(
        new Position("e", revision),
        NOW,
        revision == 1,
        more,
        new Changes(grants, List.of(), Optional.empty()));
  }

  private static long heap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  @Test
  void grant_takesAtMostSixHundredBytes() {
    KnownState state = new KnownState(time::nanos, GRANTS, Duration.ofSeconds(5));
    long before = heap();
    for (int from = 0; from < GRANTS; from += 1_000) {
      List<KnownGrant> part = new ArrayList<>();
      for (int i = from; i < from + 1_000; i++) {
        part.add(grant(i, 1));
      }
      state.heard(
          news(from == 0 ? 1 : 2, from + 1_000 < GRANTS, part),
          OptionalLong.empty(),
          Set.of("orders-admin"));
    }

    long each = (heap() - before) / GRANTS;

    assertThat(state.size()).isEqualTo(GRANTS);
    assertThat(state.grants(grant(GRANTS - 1, 1).key())).hasSize(1);
    assertThat(each).isBetween(100L, (long) MOST_BYTES);
  }

  /** Invariant I14, a server's part: changes cost what the grants cost, however many they are. */
  @Test
  void i14_manyChangesOfOneGrant_leaveOneEntry() {
    KnownState state = new KnownState(time::nanos, 10, Duration.ofSeconds(5));
    for (int revision = 1; revision <= 10_000; revision++) {
      state.heard(
          news(revision, false, List.of(grant(1, revision))),
          OptionalLong.empty(),
          Set.of("orders-admin"));
    }

    assertThat(state.size()).isEqualTo(1);
    assertThat(state.grants(grant(1, 1).key()))
        .extracting(KnownGrant::revision)
        .containsExactly(10_000L);
  }

  @Test
  void grant_whoseHolderChanged_isFoundByTheNewOneAlone() {
    KnownState state = new KnownState(time::nanos, 10, Duration.ofSeconds(5));
    KnownGrant other =
        new KnownGrant(
            grant(1, 2).id(), 2, new GrantKey("p", "who", ""), List.of(), grant(1, 2).term());
    state.heard(news(1, false, List.of(grant(1, 1))), OptionalLong.empty(), Set.of("orders-admin"));
    state.heard(news(2, false, List.of(other)), OptionalLong.empty(), Set.of("orders-admin"));

    assertThat(state.grants(grant(1, 1).key())).isEmpty();
    assertThat(state.grants(other.key())).containsExactly(other);
  }

  @Test
  void grant_ofAnOlderRevision_isIgnored() {
    KnownState state = new KnownState(time::nanos, 10, Duration.ofSeconds(5));
    state.heard(news(5, false, List.of(grant(1, 5))), OptionalLong.empty(), Set.of("orders-admin"));
    state.heard(news(5, false, List.of(grant(1, 4))), OptionalLong.empty(), Set.of("orders-admin"));

    assertThat(state.grant(grant(1, 5).id()).orElseThrow().revision()).isEqualTo(5);
  }
}
