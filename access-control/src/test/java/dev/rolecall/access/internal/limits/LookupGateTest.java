package dev.rolecall.access.internal.limits;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.scheme.FakeIssuer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The limits that a look-up meets, by its issuer, its peer and how it ends. */
@Tag("attack")
final class LookupGateTest {

  private static final LookupSource ATTACKER = LookupSource.of("10.0.0.1", "ASIAFORGED0000000001");
  private static final LookupSource HONEST = LookupSource.of("10.1.0.1", "ASIAHONEST0000000001");

  private final FakeIssuer alive = new FakeIssuer();
  private final FakeIssuer dead = new FakeIssuer();
  private long now;
  private final LookupGate limits =
      new LookupGate(
          new LookupGate.Bounds(
              new PeerLimit.Bound(16, 2), new PeerLimit.Bound(100, 100), new PeerLimit.Bound(1, 1)),
          () -> now);

  @Test
  void unanswered_whileAnotherIssuerAnswers_isSpent() {
    List<Ticket> atDead = List.of(ticket(ATTACKER, dead), ticket(ATTACKER, dead));
    ticket(HONEST, alive).settle(Settlement.BUSY);
    atDead.forEach(each -> each.settle(Settlement.UNANSWERED));

    assertThat(limits.turnsAway(ATTACKER, alive)).isTrue();
    assertThat(limits.enter(ATTACKER, alive)).isNull();
    assertThat(limits.turnsAway(HONEST, alive)).isFalse();
    assertThat(limits.enter(HONEST, alive)).isInstanceOf(Ticket.class);
  }

  @Test
  void unanswered_whileNoIssuerAnswers_costsNothing() {
    ticket(HONEST, alive).settle(Settlement.BUSY);
    for (int i = 0; i < 100; i++) {
      ticket(ATTACKER, dead).settle(Settlement.UNANSWERED);
    }
    assertThat(limits.enter(ATTACKER, alive)).isInstanceOf(Ticket.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"REFUSED", "OF_NO_USE", "UNANSWERED"})
  void lookUpInVain_ofAPeer_leavesItNothingOfWhatIsKeptForOthers(Settlement inVain) {
    ticket(HONEST, alive).settle(Settlement.BUSY);
    Ticket spent = ticket(ATTACKER, inVain == Settlement.UNANSWERED ? dead : alive);
    ticket(HONEST, alive).settle(Settlement.BUSY);
    spent.settle(inVain);
    spendTheTotal();

    assertThat(limits.turnsAway(ATTACKER, alive)).isTrue();
    assertThat(limits.enter(ATTACKER, alive)).isNull();
    assertThat(limits.turnsAway(HONEST, alive)).isFalse();
    assertThat(limits.enter(HONEST, alive)).isInstanceOf(Ticket.class);
  }

  @Test
  void keyThatAnIssuerConfirmed_goesOnWhereItsPeerHasNoPermits() {
    ticket(HONEST, alive).settle(Settlement.USEFUL);
    spendTheTotal();
    LookupSource stranger = LookupSource.of("10.1.0.1", "ASIASTRANGER00000001");
    for (int i = 0; i < 2; i++) {
      ticket(stranger, alive).settle(Settlement.REFUSED);
      if (limits.enter(stranger, alive) == null) {
        break;
      }
    }

    assertThat(limits.enter(stranger, alive)).isNull();
    assertThat(limits.enter(HONEST, alive)).isInstanceOf(Ticket.class);
  }

  private void spendTheTotal() {
    for (int i = 0; i < 16; i++) {
      ticket(LookupSource.of("10.4." + i + ".1", "ASIANEW"), alive).settle(Settlement.REFUSED);
    }
  }

  @Test
  void queuedLookUp_onceTheQuestionIsAnswered_isSentAndTheIssuerAnswers() {
    alive.away(true);
    Entry queued = limits.enter(HONEST, alive);
    assertThat(queued).isInstanceOf(QueuedEntry.class);
    alive.away(false);

    Ticket ticket = limits.afterQuestion(HONEST, alive);
    assertThat(ticket).isNotNull();
    requireNonNull(ticket, "ticket").giveBack();
    requireNonNull(queued, "queued").giveBack();

    assertThat(limits.networksRemembered()).isZero();
    assertThat(sentAt(alive)).isEqualTo(12 + 8);
  }

  @Test
  void issuer_thatWasAway_isDoubtfulAgain() {
    ticket(HONEST, alive).settle(Settlement.BUSY);
    alive.away(true);
    requireNonNull(limits.enter(HONEST, alive), "queued").giveBack();
    alive.away(false);

    assertThat(sentAt(alive)).isEqualTo(IssuerWatch.MOST_DOUBTFUL);
  }

  @Test
  void lookUps_thatFindNoPlace_costNoPermit() {
    ticket(HONEST, alive).settle(Settlement.BUSY);
    for (int i = 0; i < 3; i++) {
      assertThat(sentAt(alive)).isEqualTo(12 + 8);
    }
  }

  @Test
  void waitingCalls_areCountedUntilTheyLeave() {
    Place seat = limits.tryWait(HONEST);
    Place other = limits.tryWait(ATTACKER);
    assertThat(limits.callsWaiting()).isEqualTo(2);
    assertThat(limits.networksRemembered()).as("two hosts and two sites").isEqualTo(4);

    requireNonNull(seat, "seat").release();
    assertThat(limits.callsWaiting()).isEqualTo(1);
    requireNonNull(other, "other").release();
    assertThat(limits.callsWaiting()).isZero();
  }

  @Test
  void issuer_thatAnsweredLately_isAskedAboutMany_andAgainFewOnceItHasNot() {
    ticket(HONEST, alive).settle(Settlement.REFUSED);
    assertThat(sentAt(alive)).as("three quarters, and the reserve").isEqualTo(12 + 8);

    now += IssuerWatch.LATELY.toNanos();

    assertThat(sentAt(alive)).isEqualTo(IssuerWatch.MOST_DOUBTFUL);
  }

  @Test
  void issuer_thatIsAway_isAskedAboutNobody_andTakesNoPlaceOfOthers() {
    ticket(HONEST, alive).settle(Settlement.BUSY);
    dead.away(true);
    for (int i = 0; i < 1_000; i++) {
      Entry entry = limits.enter(LookupSource.of("10.2." + i % 200 + ".1", "ASIAFORGED"), dead);
      assertThat(entry instanceof Ticket).isFalse();
    }
    assertThat(sentAt(alive)).isEqualTo(12 + 8);
  }

  @Test
  void doubtfulIssuers_howeverMany_takeNoPlaceOfOthers() {
    ticket(HONEST, alive).settle(Settlement.BUSY);
    for (int i = 0; i < 1_000; i++) {
      var unused =
          limits.enter(LookupSource.of("10.2." + i % 200 + ".1", "ASIAFORGED"), new FakeIssuer());
    }
    assertThat(sentAt(alive)).isEqualTo(12 + 8);
  }

  @Test
  void issuer_thatWasAway_isDoubtfulUntilItHasAnsweredAgain() {
    ticket(HONEST, alive).settle(Settlement.BUSY);
    alive.away(true);
    assertThat(limits.enter(HONEST, alive)).isInstanceOf(QueuedEntry.class);
    alive.away(false);

    assertThat(sentAt(alive)).isEqualTo(IssuerWatch.MOST_DOUBTFUL);

    requireNonNull(limits.afterQuestion(HONEST, alive), "ticket").giveBack();
    assertThat(sentAt(alive)).isEqualTo(12 + 8);
  }

  @Test
  void confirmedKey_whosePeerHasItsShare_takesNoPlaceOfTheIssuersOthers() {
    ticket(HONEST, alive).settle(Settlement.USEFUL);
    for (int i = 0; i < 4; i++) {
      var held = ticket(HONEST, alive);
      assertThat(held).isNotNull();
    }
    assertThat(sentAt(alive)).as("all but the two of its peer").isEqualTo(10 + 8);
  }

  @Test
  void newcomer_whoFindsNoPlace_keepsItsPermits() {
    ticket(HONEST, alive).settle(Settlement.BUSY);
    List<Entry> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.add(ticket(LookupSource.of("10.4." + i + ".1", "ASIANEW"), alive));
    }
    for (int i = 0; i < 100; i++) {
      assertThat(limits.enter(HONEST, alive)).isNull();
    }
    all.forEach(Entry::giveBack);

    ticket(HONEST, alive).giveBack();
    assertThat(limits.turnsAway(HONEST, alive)).isFalse();
  }

  @Test
  void peerWithoutPermits_takesNoPlaceAtADoubtfulIssuer() {
    ticket(HONEST, alive).settle(Settlement.BUSY);
    ticket(ATTACKER, alive).settle(Settlement.REFUSED);
    ticket(ATTACKER, alive).settle(Settlement.REFUSED);
    for (int i = 0; i < 100; i++) {
      Entry entry = limits.enter(ATTACKER, dead);
      assertThat(entry instanceof Ticket).isFalse();
      if (entry != null) {
        entry.giveBack();
      }
    }
    assertThat(sentAt(dead)).isEqualTo(IssuerWatch.MOST_DOUBTFUL);
    assertThat(limits.networksRemembered()).isZero();
  }

  @Test
  void remembered_isCountedForEachKindOfPlace() {
    List<Entry> entries = new ArrayList<>();
    assertThat(limits.refusalsRemembered()).isZero();
    ticket(HONEST, alive).settle(Settlement.BUSY);
    assertThat(limits.refusalsRemembered()).as("a host and its site").isEqualTo(2);

    entries.add(ticket(HONEST, alive));
    assertThat(limits.networksRemembered()).as("sent").isEqualTo(2);
    entries.add(ticket(HONEST, dead));
    assertThat(limits.networksRemembered()).as("sent to a doubtful issuer").isEqualTo(4);
    dead.away(true);
    entries.add(requireNonNull(limits.enter(HONEST, dead), "entry"));
    assertThat(limits.networksRemembered()).as("queued").isEqualTo(6);
    assertThat(limits.callsWaiting()).isZero();
    Place waiting = requireNonNull(limits.tryWait(HONEST), "place");
    assertThat(limits.networksRemembered()).as("waiting").isEqualTo(8);
    assertThat(limits.callsWaiting()).isEqualTo(1);

    entries.forEach(Entry::giveBack);
    waiting.release();
    assertThat(limits.networksRemembered()).isZero();
    assertThat(limits.callsWaiting()).isZero();
  }

  @Test
  void everyEnding_givesItsPlacesBack() {
    List<Entry> entries = new ArrayList<>();
    for (FakeIssuer issuer : List.of(alive, dead)) {
      for (int i = 0; i < 100; i++) {
        Entry entry = limits.enter(LookupSource.of("10.2." + i + ".1", "ASIANEW"), issuer);
        if (entry != null) {
          entries.add(entry);
        }
      }
    }
    assertThat(limits.networksRemembered()).isPositive();

    entries.forEach(Entry::giveBack);

    assertThat(limits.networksRemembered()).isZero();
  }

  /** How many of many newcomers may be sent there at once. */
  private int sentAt(FakeIssuer issuer) {
    List<Entry> sent = new ArrayList<>();
    int tickets = 0;
    for (int i = 0; i < 200; i++) {
      Entry entry = limits.enter(LookupSource.of("10.3." + i + ".1", "ASIANEW"), issuer);
      if (entry != null) {
        tickets += entry instanceof Ticket ? 1 : 0;
        sent.add(entry);
      }
    }
    sent.forEach(Entry::giveBack);
    return tickets;
  }

  private Ticket ticket(LookupSource source, FakeIssuer issuer) {
    @Nullable Entry entry = limits.enter(source, issuer);
    assertThat(entry).isInstanceOf(Ticket.class);
    return (Ticket) requireNonNull(entry, "entry");
  }
}
