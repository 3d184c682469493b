package dev.rolecall.verifier.limits;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.Partition;
import dev.rolecall.verifier.sts.RegionName;
import dev.rolecall.verifier.sts.StsEndpoint;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What each look-up meets, by its endpoint, its peer and how it ends. */
@Tag("attack")
final class LookUpLimitsTest {

  private static final StsEndpoint ALIVE = endpoint("alive");
  private static final StsEndpoint DEAD = endpoint("dead");
  private static final Asker ATTACKER = Asker.of("10.0.0.1", "ASIAFORGED0000000001");
  private static final Asker HONEST = Asker.of("10.1.0.1", "ASIAHONEST0000000001");

  private final Set<StsEndpoint> away = new HashSet<>();
  private long now;
  private final LookUpLimits limits =
      new LookUpLimits(
          new LookUpLimits.Bounds(
              new PeerLimit.Bound(16, 2), new PeerLimit.Bound(100, 100), new PeerLimit.Bound(1, 1)),
          () -> now,
          away::contains);

  @Test
  void unanswered_whileAnotherEndpointAnswers_isSpent() {
    List<Ticket> atDead = List.of(ticket(ATTACKER, DEAD), ticket(ATTACKER, DEAD));
    ticket(HONEST, ALIVE).settle(Outcome.BUSY);
    atDead.forEach(each -> each.settle(Outcome.UNANSWERED));

    assertThat(limits.turnsAway(ATTACKER, ALIVE)).isTrue();
    assertThat(limits.enter(ATTACKER, ALIVE)).isNull();
    assertThat(limits.turnsAway(HONEST, ALIVE)).isFalse();
    assertThat(limits.enter(HONEST, ALIVE)).isInstanceOf(Ticket.class);
  }

  @Test
  void unanswered_whileNoEndpointAnswers_costsNothing() {
    ticket(HONEST, ALIVE).settle(Outcome.BUSY);
    for (int i = 0; i < 100; i++) {
      ticket(ATTACKER, DEAD).settle(Outcome.UNANSWERED);
    }
    assertThat(limits.enter(ATTACKER, ALIVE)).isInstanceOf(Ticket.class);
  }

  @Test
  void endpoint_thatAnsweredLately_isAskedAboutMany_andAgainFewOnceItHasNot() {
    ticket(HONEST, ALIVE).settle(Outcome.REFUSED);
    assertThat(sentAt(ALIVE)).as("three quarters, and the reserve").isEqualTo(12 + 8);

    now += EndpointWatch.LATELY.toNanos();

    assertThat(sentAt(ALIVE)).isEqualTo(EndpointWatch.MOST_DOUBTFUL);
  }

  @Test
  void endpoint_thatIsAway_isAskedAboutNobody_andTakesNoPlaceOfOthers() {
    ticket(HONEST, ALIVE).settle(Outcome.BUSY);
    away.add(DEAD);
    for (int i = 0; i < 1_000; i++) {
      Entry entry = limits.enter(Asker.of("10.2." + i % 200 + ".1", "ASIAFORGED"), DEAD);
      assertThat(entry instanceof Ticket).isFalse();
    }
    assertThat(sentAt(ALIVE)).isEqualTo(12 + 8);
  }

  @Test
  void doubtfulEndpoints_howeverMany_takeNoPlaceOfOthers() {
    ticket(HONEST, ALIVE).settle(Outcome.BUSY);
    for (int i = 0; i < 1_000; i++) {
      var unused =
          limits.enter(Asker.of("10.2." + i % 200 + ".1", "ASIAFORGED"), endpoint("d" + i));
    }
    assertThat(sentAt(ALIVE)).isEqualTo(12 + 8);
  }

  @Test
  void everyEnding_givesItsPlacesBack() {
    List<Entry> entries = new ArrayList<>();
    for (StsEndpoint endpoint : List.of(ALIVE, DEAD)) {
      for (int i = 0; i < 100; i++) {
        Entry entry = limits.enter(Asker.of("10.2." + i + ".1", "ASIANEW"), endpoint);
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
  private int sentAt(StsEndpoint endpoint) {
    List<Entry> sent = new ArrayList<>();
    int tickets = 0;
    for (int i = 0; i < 200; i++) {
      Entry entry = limits.enter(Asker.of("10.3." + i + ".1", "ASIANEW"), endpoint);
      if (entry != null) {
        tickets += entry instanceof Ticket ? 1 : 0;
        sent.add(entry);
      }
    }
    sent.forEach(Entry::giveBack);
    return tickets;
  }

  private Ticket ticket(Asker asker, StsEndpoint endpoint) {
    @Nullable Entry entry = limits.enter(asker, endpoint);
    assertThat(entry).isInstanceOf(Ticket.class);
    return (Ticket) requireNonNull(entry, "entry");
  }

  private static StsEndpoint endpoint(String name) {
    return StsEndpoint.at(
        URI.create("https://" + name + ".example.com"), new RegionName("us-east-1"), Partition.AWS);
  }
}
