package dev.rolecall.tests.outages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rolecall.identity.RefusalReason;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.Fault;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.tests.fixture.EchoClient;
import dev.rolecall.tests.fixture.SeenRefusal;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * STS is away for an hour. What that means for callers it knew before: a proof goes on until its
 * own end, whatever happens. A client renews its proof after ten minutes, and cannot know that the
 * new one cannot be checked: from then on it is told that the server cannot tell, and is let in by
 * its next call once STS is back. It is never told no.
 */
@ExtendWith(OutageTally.OfTheRun.class)
@Tag("attack")
final class HourOfOutageTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration PROOF_LIFE = Duration.ofMinutes(15);
  private static final int OUTAGE_MINUTES = 60;

  /** From then on clients have new proofs, as soon as these are signed. */
  private static final int RENEWAL_MINUTE = 10;

  /** From then on they surely have. */
  private static final int LAPSE_MINUTE = 15;

  @RegisterExtension final Bench bench = new Bench();

  private EchoClient channel;

  @BeforeEach
  void start() {
    channel =
        bench.client(
            bench.server().running(runtime -> runtime.ticker(bench.clock()::nanos)).start());
  }

  @Test
  void proofs_knownBefore_areGoodToTheirVeryEnd(OutageTally tally) {
    Map<EchoClient, Instant> ends = new LinkedHashMap<>();
    for (int i = 0; i < 10; i++) {
      EmulatedCredentials credentials = bench.role(Bench.CHECKOUT);
      EchoClient caller = channel.withProof(bench.proof(credentials, bench.channelBinding()));
      assertThat(tally.answer(() -> caller.say("before"))).startsWith(credentials.callerArn());
      ends.put(caller, bench.clock().instant().plus(PROOF_LIFE));
      bench.clock().advance(MINUTE);
    }
    long before = bench.sts().requests().total();
    bench.sts().fail(Fault.serviceUnavailable());

    int admitted = 0;
    for (int minute = 0; minute <= 15; minute++) {
      for (EchoClient caller : ends.keySet()) {
        if (bench.clock().instant().isAfter(ends.get(caller))) {
          assertThat(tally.rightlyRefused(caller.sayRefused()).reason())
              .isEqualTo(RefusalReason.CREDENTIAL_EXPIRED.name());
        } else {
          assertThat(tally.answer(() -> caller.say("meanwhile"))).isNotEmpty();
          admitted++;
        }
      }
      bench.clock().advance(MINUTE);
    }

    // Each was signed a minute after the one before it; the first has five minutes left.
    assertThat(admitted).isEqualTo(6 + 7 + 8 + 9 + 10 + 11 + 12 + 13 + 14 + 15);
    assertThat(bench.sts().requests().total()).isEqualTo(before);
    tally.survived();
  }

  @Test
  void clients_throughAnHour_areNeverToldNo_andComeBackByThemselves(OutageTally tally) {
    Map<String, EchoClient> clients = new LinkedHashMap<>();
    for (int i = 0; i < 4; i++) {
      EmulatedCredentials credentials = bench.role(Bench.CHECKOUT);
      EchoClient client = channel.with(bench.signing(credentials));
      clients.put(credentials.callerArn(), client);
      assertThat(tally.answer(() -> client.say("before"))).startsWith(credentials.callerArn());
    }
    bench.sts().fail(Fault.internalFailure());

    for (int minute = 1; minute <= OUTAGE_MINUTES; minute++) {
      bench.clock().advance(MINUTE);
      long before = bench.sts().requests().total();
      for (EchoClient client : clients.values()) {
        if (minute < RENEWAL_MINUTE) {
          assertThat(tally.answer(() -> client.say("meanwhile"))).isNotEmpty();
        } else {
          assertToldThatNobodyCanTell(client, minute >= LAPSE_MINUTE, tally);
        }
      }
      long asked = bench.sts().requests().total() - before;
      if (minute < RENEWAL_MINUTE) {
        assertThat(asked).isZero();
      } else if (minute > LAPSE_MINUTE) {
        assertThat(asked).as("a question, in minute %s", minute).isEqualTo(1);
      }
    }

    bench.sts().clearFaults();
    bench.clock().advance(MINUTE);
    long before = bench.sts().requests().total();
    clients.forEach(
        (arn, client) -> assertThat(tally.answer(() -> client.say("after"))).startsWith(arn));
    assertThat(bench.sts().requests().total() - before)
        .as("a question, and once for each")
        .isEqualTo(1 + clients.size());
    tally.survived();
  }

  /** Or answered still, where the renewal may not be through yet. */
  private static void assertToldThatNobodyCanTell(
      EchoClient client, boolean surely, OutageTally tally) {
    StatusRuntimeException thrown =
        catchThrowableOfType(StatusRuntimeException.class, () -> client.say("meanwhile"));
    if (thrown == null) {
      assertThat(surely).as("lapsed").isFalse();
      return;
    }
    SeenRefusal seen = tally.inAnOutage(SeenRefusal.of(thrown));
    assertThat(seen.code()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(seen.reason()).isEqualTo(RefusalReason.ISSUER_UNAVAILABLE.name());
    assertThat(seen.retryAfter()).isPresent();
  }
}
