package dev.rolecall.tests.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.RefusalReason;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.Fault;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.tests.fixture.EchoClient;
import dev.rolecall.tests.fixture.SeenRefusal;
import io.grpc.Status;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** STS is away: who is known goes on, who is not is told to come back. */
@Tag("attack")
final class StsOutageTest {

  private static final Duration PROOF_LIFE = Duration.ofMinutes(15);
  private static final Duration SECOND = Duration.ofSeconds(1);

  @RegisterExtension final Bench bench = new Bench();

  private EmulatedCredentials checkout;
  private EchoClient channel;

  @BeforeEach
  void start() {
    checkout = bench.role(Bench.CHECKOUT);
    channel = bench.client(bench.server().start());
  }

  @Test
  void knownProof_duringAnOutage_isGoodUntilItLapses() {
    EchoClient known = channel.withProof(bench.proof(checkout, bench.channelBinding()));
    assertThat(known.say("before")).isNotEmpty();
    bench.sts().fail(Fault.serviceUnavailable());

    bench.clock().advance(PROOF_LIFE);
    assertThat(known.say("the last moment")).startsWith(checkout.callerArn());

    bench.clock().advance(SECOND);
    assertThat(known.sayRefused().reason()).isEqualTo(RefusalReason.CREDENTIAL_EXPIRED.name());
  }

  @Test
  void knownClient_duringAnOutage_goesOnUntilItsRenewalIsDue() {
    EchoClient known = channel.with(bench.signing(checkout));
    assertThat(known.say("before")).isNotEmpty();
    bench.sts().fail(Fault.serviceUnavailable());

    bench.clock().advance(Duration.ofMinutes(10).minus(SECOND));

    assertThat(known.say("still fresh")).startsWith(checkout.callerArn());
  }

  @Test
  void newCaller_duringAnOutage_isUnavailableAndAdmittedAfterIt() {
    EchoClient stranger = channel.with(bench.signing(checkout));
    bench.sts().fail(Fault.internalFailure());

    SeenRefusal during = stranger.sayRefused();
    assertThat(during.code()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(during.reason()).isEqualTo(RefusalReason.ISSUER_UNAVAILABLE.name());

    bench.sts().clearFaults();
    assertThat(stranger.say("after")).startsWith(checkout.callerArn());
  }

  @Test
  void newCaller_stsRecoversBetweenAttempts_isAdmitted() {
    bench.sts().failNext(2, Fault.throttled());

    assertThat(channel.with(bench.signing(checkout)).say("third time lucky"))
        .startsWith(checkout.callerArn());
    assertThat(bench.sts().requests().total()).isEqualTo(3);
  }

  @Test
  void refusedProof_askedAgainAtOnce_isRefusedFromMemory() {
    EchoClient forged =
        channel.withProof(
            Bench.proof(bench.proofOptions(checkout, "billing"), bench.channelBinding())
                .text()
                .replace("~billing~", "~" + Bench.AUDIENCE + "~"));

    assertThat(forged.sayRefused().reason()).isEqualTo(RefusalReason.ISSUER_REFUSED.name());
    assertThat(forged.sayRefused().reason()).isEqualTo(RefusalReason.ISSUER_REFUSED.name());

    assertThat(bench.sts().requests().total()).isEqualTo(1);
  }
}
