package dev.rolecall.tests.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.AuditRules;
import dev.rolecall.access.audit.AuditCondition;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.tests.fixture.EchoClient;
import dev.rolecall.tests.fixture.GuardedServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * 10,000 forged proofs a second, each unlike the others, and honest calls among them. The seconds
 * are the verifier's, which are moved on by the test; the calls are as fast as they come.
 */
@Tag("attack")
final class FloodTest {

  /** More of them take longer and show the same. */
  private static final int SECONDS = Integer.getInteger("rolecall.flood.seconds", 1);

  private static final int SLICES = 10 * SECONDS;
  private static final int RENEWAL = 5;
  private static final int PEERS = 20;
  private static final Duration SLICE = Duration.ofMillis(100);
  private static final int OF_EACH_PEER = 50;
  private static final int FORGED = PEERS * SLICES * OF_EACH_PEER;

  /** The verifier's defaults: at once, then a second, and four of each address at first sight. */
  private static final int MOST_OF_ALL = 256 + 200 * SECONDS + 4 * PEERS;

  private static final int MOST_OF_ONE = 32 + 20 * SECONDS;

  private static final String TURNED_AWAY = "RESOURCE_EXHAUSTED TOO_MANY_LOOKUPS";
  private static final String REFUSED = "UNAUTHENTICATED ISSUER_REFUSED";

  /** Told of each refusal, at a level that is not for production. */
  private static final Logger REFUSALS = Logger.getLogger("rolecall.sts");

  @RegisterExtension final Bench bench = new Bench();
  @RegisterExtension final WireTally tally = new WireTally();

  private final AtomicLong nanos = new AtomicLong();
  private final List<HostileConnection> attackers = new ArrayList<>();
  private final int[] refused = new int[PEERS];
  private GuardedServer server;
  private String good;
  private int turnedAway;
  private int honestCalls;
  private int served;

  @BeforeEach
  void start() {
    REFUSALS.setLevel(Level.INFO);
    server =
        bench
            .server()
            .running(options -> options.ticker(nanos::get))
            .guarding(options -> options.audit(AuditRules.ofDefaults().on(AuditCondition.NONE)))
            .start();
    good = bench.proof(bench.role(Bench.CHECKOUT), bench.channelBinding());
    for (int peer = 0; peer < PEERS; peer++) {
      attackers.add(bench.closing(connect(peer)));
    }
  }

  @AfterEach
  void stop() {
    REFUSALS.setLevel(null);
  }

  @Test
  void flood_ofForgedProofs_meetsTheLimitsAndHonestCallersDoNot() {
    EmulatedCredentials known = bench.role(Bench.CHECKOUT);
    EchoClient knownClient = bench.client(server).with(bench.signing(known));
    say(knownClient);
    EmulatedCredentials renewing = bench.role(Bench.CHECKOUT);
    sayFrom(0, renewing);

    for (int slice = 0; slice < SLICES; slice++) {
      flood();
      say(knownClient);
      sayFrom(PEERS + slice, bench.role(Bench.CHECKOUT));
      if (slice % RENEWAL == 0) {
        // A proof of another date, from behind an attacker's address.
        bench.clock().advance(Duration.ofSeconds(1));
        sayFrom(0, renewing);
      }
      nanos.addAndGet(SLICE.toNanos());
    }

    long asked = bench.sts().requests().refused();
    int mostOfOne = IntStream.of(refused).max().orElseThrow();
    tally.count(FORGED, server.echo().started() - served, asked - MOST_OF_ALL);
    System.out.printf(
        "flood: %,d forged proofs from %d peers in %d s, STS asked %d times of at most %d,"
            + " of one peer %d of %d; %,d turned away; honest calls lost: %d of %d%n",
        FORGED,
        PEERS,
        SECONDS,
        asked,
        MOST_OF_ALL,
        mostOfOne,
        MOST_OF_ONE,
        turnedAway,
        honestCalls - served,
        honestCalls);
    assertThat(asked).isBetween(256L, (long) MOST_OF_ALL);
    assertThat(mostOfOne).isLessThanOrEqualTo(MOST_OF_ONE);
    assertThat(turnedAway + IntStream.of(refused).sum()).isEqualTo(FORGED);
    assertThat(served).as("honest calls").isEqualTo(honestCalls);
    assertThat(server.echo().started()).isEqualTo(honestCalls);
    // One for the known caller's proof, one for each newcomer and one for each renewal.
    assertThat(bench.sts().requests().answered()).isEqualTo(2 + SLICES + SLICES / RENEWAL);
  }

  /** A tenth of a second's worth. */
  private void flood() {
    List<List<Integer>> streams = new ArrayList<>();
    for (HostileConnection attacker : attackers) {
      List<Integer> mine =
          IntStream.range(0, OF_EACH_PEER).mapToObj(i -> attacker.newStream()).toList();
      attacker.send(
          mine.stream()
              .map(stream -> Frame.request(stream, HeaderBlock.sayWith(Scene.forged(good))))
              .toArray(Frame[]::new));
      streams.add(mine);
    }
    for (int peer = 0; peer < PEERS; peer++) {
      for (int stream : streams.get(peer)) {
        count(peer, attackers.get(peer).await(stream));
      }
    }
  }

  private void count(int peer, Told told) {
    if (told.word().equals(REFUSED)) {
      refused[peer]++;
    } else {
      assertThat(told.word()).isEqualTo(TURNED_AWAY);
      assertThat(told.retryAfter()).contains(Duration.ofSeconds(1));
      turnedAway++;
    }
  }

  private void say(EchoClient client) {
    honestCalls++;
    if (client.say("honest").contains("checkout")) {
      served++;
    }
  }

  private void sayFrom(int peer, EmulatedCredentials credentials) {
    honestCalls++;
    String proof = bench.proof(credentials, bench.channelBinding());
    try (HostileConnection connection = connect(peer)) {
      if (connection.call(HeaderBlock.sayWith(proof)).isAccepted()) {
        served++;
      }
    }
  }

  /** Each from a /24 of its own: limits count those too. */
  private HostileConnection connect(int peer) {
    return HostileConnection.to(
        server, bench.certificate(), "127." + (1 + peer / 250) + "." + peer % 250 + ".1");
  }
}
