package dev.rolecall.access.internal.limits;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.testsupport.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The budget of look-ups in vain. */
@Tag("attack")
final class RefusalBudgetTest {

  private static final String KEY = "ASIAEXAMPLE000000001";

  private final ManualTime time = new ManualTime();
  private final RefusalBudget budget = budget(10, 4);

  @Test
  void stake_onePeerWithoutPermits_leavesOthersTheirs() {
    assertThat(spend(budget, "192.0.1.1")).isEqualTo(4);
    assertThat(spend(budget, "192.0.2.1")).isEqualTo(4);
  }

  @Test
  void stake_totalSpent_peersThatHadARefusalHaveNone() {
    assertThat(spend(budget, "192.0.1.1") + spend(budget, "192.0.2.1")).isEqualTo(8);
    assertThat(spend(budget, "192.0.3.1")).as("what is left of ten").isEqualTo(2);
    time.advance(RefusalBudget.PEER_MEMORY.minusNanos(1));
    spend(budget, "192.0.4.1");
    spend(budget, "192.0.5.1");
    spend(budget, "192.0.6.1");

    assertThat(budget.stake(source("192.0.3.1"))).isNull();
  }

  @Test
  void stake_totalSpent_peersWithoutARefusalHaveWhatIsKeptForThem() {
    spend(budget, "192.0.1.1");
    spend(budget, "192.0.2.1");
    spend(budget, "192.0.3.1");

    for (int i = 0; i < 100; i++) {
      settle(budget.stake(source("192.0.4.1"))).giveBack();
    }
    assertThat(spend(budget, "192.0.4.1")).as("until its first refusal").isEqualTo(1);
  }

  @Test
  void stake_ofWhatIsKept_isAFewAtATime() {
    RefusalBudget wide = budget(10, 10);
    spend(wide, "192.0.1.1");

    int underWay = 0;
    while (wide.stake(source("192.0.2.1")) != null) {
      underWay++;
    }
    assertThat(underWay).isEqualTo(Payer.RESERVED_AT_A_TIME);
  }

  @Test
  void stake_addressesOfOneSite_haveFourTimesWhatOneHas() {
    RefusalBudget wide = budget(1_000, 4);
    int spent = 0;
    for (int i = 0; i < 100; i++) {
      settle(wide.stake(source("192.0.2." + i))).spend();
      spent += 1 + spend(wide, "192.0.2." + i);
      if (spent == 16) {
        break;
      }
    }
    assertThat(spent).as("four addresses of four each").isEqualTo(16);
    assertThat(spend(wide, "192.0.2.200")).as("kept for those without a refusal").isEqualTo(1);
    assertThat(spend(wide, "192.0.3.1")).as("another site").isEqualTo(4);
  }

  @Test
  void stake_manyNetworksOfOneIpv6Site_areBoundedTogether() {
    RefusalBudget wide = budget(1_000, 4);
    int spent = 0;
    for (int i = 0; i < 256; i++) {
      spent += spend(wide, "2001:db8:0:" + Integer.toHexString(i) + "::1");
    }
    assertThat(spent).as("sixteen, and four that are kept").isEqualTo(20);
    assertThat(spend(wide, "2001:db8:0:100::1")).as("another /56").isEqualTo(4);
  }

  @Test
  void stake_atDoubtfulIssuers_takesNothingFromOthers() {
    for (int i = 0; i < 100; i++) {
      var unused = budget.stakeAtDoubtful(source("peer " + i));
    }
    assertThat(budget.stakeAtDoubtful(source("peer 100"))).isNull();
    assertThat(spend(budget, "192.0.1.1") + spend(budget, "192.0.2.1")).isEqualTo(8);
  }

  @Test
  void spendHalf_isHalfAsDear() {
    RefusalBudget wide = budget(1_000, 4);
    int answers = 0;
    for (Stake one = wide.stake(source("192.0.2.1"));
        one != null;
        one = wide.stake(source("192.0.2.1"))) {
      one.spendHalf();
      answers++;
    }
    assertThat(answers).isEqualTo(7);
  }

  @Test
  void stake_freshAddressesWithoutEnd_areBoundedByBothTotals() {
    int spent = 0;
    for (int i = 0; i < 1_000; i++) {
      spent += spend(budget, "peer " + i);
    }
    assertThat(spent).isEqualTo(20);
  }

  @Test
  void stake_turnedAwayByTheTotal_costsThePeerNothing() {
    RefusalBudget narrow = budget(4, 4);
    assertThat(spend(narrow, "192.0.1.1")).isEqualTo(4);
    settle(narrow.stake(source("192.0.2.1"))).spend();
    for (int i = 0; i < 100; i++) {
      assertThat(narrow.stake(source("192.0.2.1"))).isNull();
    }
    // A permit of the total comes back in 250 ms; a peer that had paid would be out for seconds.
    time.advance(Duration.ofMillis(250));
    assertThat(spend(narrow, "192.0.2.1")).isEqualTo(1);
  }

  @Test
  void stake_keyThatAnIssuerConfirmed_goesOnWhereItsPeerHasNone() {
    LookupSource honest = LookupSource.of("192.0.1.1", KEY);
    budget.confirm(honest);
    spend(budget, "192.0.1.1");
    spend(budget, "192.0.2.1");
    spend(budget, "192.0.3.1");

    assertThat(budget.stake(honest)).isNotNull();
  }

  @Test
  void stake_forgedInAConfirmedKeysName_isBoundedByItsOwnPermits() {
    budget.confirm(LookupSource.of("198.51.100.1", KEY));

    assertThat(spend(budget, "192.0.1.1", KEY)).as("the peer's and the key's").isEqualTo(8);
    assertThat(spend(budget, "198.51.100.1", KEY))
        .as("the key's own peer still has its")
        .isEqualTo(4);
  }

  @Test
  void stake_manyConfirmedKeys_areBoundedTogether() {
    int staked = 0;
    for (int i = 0; i < 100; i++) {
      String key = "ASIAATTACKER" + (10_000 + i);
      budget.confirm(LookupSource.of("192.0.1.1", key));
      staked += spend(budget, "192.0.1.1", key);
    }
    assertThat(staked).as("four of the peer, ten of all confirmed keys").isEqualTo(14);
  }

  @Test
  void stake_keyUnseenForAnHour_isAStrangerAgain() {
    budget.confirm(LookupSource.of("192.0.1.1", KEY));
    time.advance(RefusalBudget.KEY_MEMORY);

    assertThat(spend(budget, "192.0.1.1", KEY)).isEqualTo(4);
  }

  @Test
  void hasPermit_whateverCameBefore_isWhatStakeFinds() {
    Random random = new Random(20_261_122);
    List<Stake> held = new ArrayList<>();
    int found = 0;
    for (int i = 0; i < 20_000; i++) {
      LookupSource source =
          LookupSource.of("192.0.2." + random.nextInt(8), "ASIAEXAMPLE" + random.nextInt(8));
      boolean expected = budget.hasPermit(source);

      Stake stake = budget.stake(source);

      assertThat(stake != null).isEqualTo(expected);
      if (stake != null) {
        held.add(stake);
        found++;
      }
      time.advance(Duration.ofMillis(random.nextInt(20)));
      if (random.nextInt(50) == 0) {
        budget.confirm(source);
      }
      while (held.size() > random.nextInt(12)) {
        Stake one = held.remove(random.nextInt(held.size()));
        if (random.nextInt(4) == 0) {
          one.giveBack();
        } else {
          one.spend();
        }
      }
    }
    assertThat(found).isBetween(500, 19_500);
  }

  @Test
  void giveBack_whatNoIssuerRefused_costsNothing() {
    for (int i = 0; i < 1_000; i++) {
      settle(budget.stake(source("192.0.1.1"))).giveBack();
    }
    assertThat(spend(budget, "192.0.1.1")).isEqualTo(4);
  }

  @Test
  void remembered_peersAndKeysWithoutEnd_isBounded() {
    RefusalBudget wide = budget(1_000_000, 4);
    for (int i = 0; i < 25_000; i++) {
      LookupSource source = LookupSource.of("peer " + i, "ASIAEXAMPLE" + i);
      assertThat(wide.stake(source)).isNotNull();
      wide.confirm(source);
    }
    assertThat(wide.remembered()).isBetween(1L, 40_000L);

    time.advance(RefusalBudget.KEY_MEMORY);
    assertThat(wide.remembered()).isZero();
  }

  private RefusalBudget budget(int total, int each) {
    return new RefusalBudget(
        new TokenBucket.Rate(total, total), new TokenBucket.Rate(1, each), time::nanos);
  }

  private static LookupSource source(String peer) {
    return LookupSource.of(peer, "AKIANOBODYSKEY000001");
  }

  private static Stake settle(@Nullable Stake stake) {
    return requireNonNull(stake, "stake");
  }

  private static int spend(RefusalBudget budget, String peer) {
    return spend(budget, peer, source(peer).claimedId());
  }

  /** Has an issuer refuse one look-up after another, and says how many. */
  private static int spend(RefusalBudget budget, String peer, String key) {
    int spent = 0;
    for (Stake stake = budget.stake(LookupSource.of(peer, key));
        stake != null;
        stake = budget.stake(LookupSource.of(peer, key))) {
      stake.spend();
      spent++;
    }
    return spent;
  }
}
