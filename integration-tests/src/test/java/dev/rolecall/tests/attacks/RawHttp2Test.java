package dev.rolecall.tests.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.tests.fixture.EchoClient;
import dev.rolecall.tests.fixture.GuardedServer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that gRPC's own client would not send, or not so. */
@Tag("attack")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RawHttp2Test {

  @RegisterExtension static final SharedBench SHARED = new SharedBench();
  @RegisterExtension final WireTally tally = new WireTally();

  private final Bench bench = SHARED.bench();
  private EmulatedCredentials checkout;
  private GuardedServer server;
  private EchoClient honest;
  private String good;
  private String forbidden;

  static Stream<HostileCase> cases() {
    return Stream.of(HeaderFieldAttacks.all(), RequestAttacks.all(), FrameAttacks.all())
        .flatMap(cases -> cases);
  }

  @BeforeAll
  void start() {
    server = bench.server().start();
    checkout = bench.role(Bench.CHECKOUT);
    honest = bench.client(server).with(bench.signing(checkout));
    assertThat(honest.say("before")).startsWith(checkout.callerArn());
    good = bench.proof(bench.role(Bench.CHECKOUT), bench.channelBinding());
    forbidden = bench.proof(bench.role(Bench.INTERN), bench.channelBinding());
  }

  @Test
  void goodProof_inHonestBytes_isServed() {
    try (HostileConnection connection = connect()) {
      String proof = bench.proof(bench.role(Bench.CHECKOUT), bench.channelBinding());

      assertThat(connection.call(HeaderBlock.sayWith(proof)).word()).isEqualTo(Told.OK);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void hostileBytes_whateverTheyAre_reachNoHandler(HostileCase attack) {
    int startedBefore = server.echo().started();
    long askedBefore = bench.sts().requests().total();
    Told told;
    try (HostileConnection connection = connect()) {
      told = attack.attack().on(new Scene(connection, good, forbidden));
    }
    int started = server.echo().started() - startedBefore;
    long asked = bench.sts().requests().total() - askedBefore;
    tally.count(1, Math.max(started, told.isAccepted() ? 1 : 0), asked - attack.asked());

    assertThat(attack.mayBeTold()).contains(told.word());
    assertThat(started).as("handlers started").isZero();
    assertThat(asked).as("STS asked").isEqualTo(attack.asked());
    assertThat(honest.say("after")).startsWith(checkout.callerArn());
  }

  private HostileConnection connect() {
    return HostileConnection.to(server, bench.certificate(), Scene.ATTACKER);
  }
}
