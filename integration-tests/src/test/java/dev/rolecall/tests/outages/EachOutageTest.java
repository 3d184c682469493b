package dev.rolecall.tests.outages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.tests.fixture.EchoClient;
import dev.rolecall.tests.fixture.GuardedServer;
import dev.rolecall.tests.fixture.SeenRefusal;
import io.grpc.Status;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** For each way for STS to be ill: what those are told whom it would have confirmed. */
@ExtendWith(OutageTally.OfTheRun.class)
@Tag("attack")
final class EachOutageTest {

  @RegisterExtension final Bench bench = new Bench();

  @TestFactory
  Stream<DynamicTest> outage_isNoRefusal_andIsForgottenWhenItIsOver(OutageTally tally) {
    SickSts sts = new SickSts(bench);
    GuardedServer server = sts.asked(bench.server()).start();
    EchoClient channel = bench.client(server);
    EmulatedCredentials checkout = bench.role(Bench.CHECKOUT);
    EchoClient known = channel.withProof(bench.proof(checkout, bench.channelBinding()));
    return Outage.all()
        .map(
            outage ->
                dynamicTest(outage.toString(), () -> survive(outage, sts, channel, known, tally)));
  }

  private void survive(
      Outage outage, SickSts sts, EchoClient channel, EchoClient known, OutageTally tally) {
    assertThat(tally.answer(() -> known.say("before"))).isNotEmpty();
    EmulatedCredentials newcomer = bench.role(Bench.CHECKOUT);

    outage.begins().accept(sts);
    sts.givenUpSoon(outage.hangs());
    EchoClient stranger = channel.withProof(sts.proof(newcomer).text());
    SeenRefusal seen = tally.inAnOutage(stranger.sayRefused());
    assertThat(seen.code()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(seen.reason()).isEqualTo(outage.reason().name());
    assertThat(seen.metadata()).isEmpty();
    assertThat(seen.retryAfter())
        .hasValueSatisfying(
            wait -> assertThat(wait).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2)));
    assertThat(tally.answer(() -> known.say("meanwhile"))).isNotEmpty();
    if (!outage.passes()) {
      assertThat(tally.inAnOutage(stranger.sayRefused()).code()).isEqualTo(Status.Code.UNAVAILABLE);
    }

    sts.recovers();
    if (outage.passes()) {
      // The very same proof.
      assertThat(tally.answer(() -> stranger.say("after"))).startsWith(newcomer.callerArn());
    }
    tally.survived();
  }
}
