package dev.rolecall.tests.outages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.lookup.LookupLimits;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.Fault;
import dev.rolecall.stsemulator.protocol.StsErrorCode;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.tests.fixture.EchoClient;
import dev.rolecall.tests.fixture.Patience;
import dev.rolecall.tests.fixture.SeenRefusal;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An STS that is away is left alone: how often it is asked, and what clients are told. */
@ExtendWith(OutageTally.OfTheRun.class)
@Tag("attack")
final class CircuitOverGrpcTest {

  /** Five requests without an answer, and the verifier's own question. */
  private static final long UNTIL_OPEN = 5 + 1;

  private static final String OPENED = "{region=\"us-east-1\", state=\"opened\"} 1";

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration NANO = Duration.ofNanos(1);
  private static final int PATIENCE_SECONDS = 120;

  @RegisterExtension final Bench bench = new Bench();

  private EmulatedCredentials checkout;

  @BeforeEach
  void start() {
    checkout = bench.role(Bench.CHECKOUT);
  }

  private EchoClient channel(int lookUps) {
    return bench.client(
        bench
            .server()
            .running(runtime -> runtime.ticker(bench.clock()::nanos))
            .guarding(
                guard ->
                    guard.lookupLimits(LookupLimits.ofDefaults().withLookUps(lookUps, lookUps)))
            .start());
  }

  /** Somebody with a proof of his own. */
  private EchoClient newcomer(EchoClient channel) {
    return channel.withProof(bench.proof(bench.role(Bench.CHECKOUT), bench.channelBinding()));
  }

  private long asked() {
    return bench.sts().requests().total();
  }

  private SeenRefusal turnedAway(EchoClient caller, OutageTally tally) {
    SeenRefusal seen = tally.inAnOutage(caller.sayRefused());
    assertThat(seen.code()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(seen.reason()).isEqualTo(RefusalReason.ISSUER_UNAVAILABLE.name());
    return seen;
  }

  @Test
  void outage_opensTheCircuit_andOnlyTheQuestionIsAskedUntilItIsOver(OutageTally tally) {
    EchoClient channel = channel(100);
    EchoClient known = channel.withProof(bench.proof(checkout, bench.channelBinding()));
    assertThat(tally.answer(() -> known.say("before"))).isNotEmpty();
    long before = asked();
    bench.sts().fail(Fault.serviceUnavailable());

    EchoClient first = newcomer(channel);
    for (EchoClient caller : List.of(first, newcomer(channel))) {
      assertThat(turnedAway(caller, tally).retryAfter()).contains(SECOND);
    }
    // The last attempt of the second may go while the question is under way.
    Patience.await().until(() -> circuitChanges().contains(OPENED));
    assertThat(asked() - before).isBetween(UNTIL_OPEN, UNTIL_OPEN + 1);

    long open = asked();
    for (int i = 0; i < 20; i++) {
      assertThat(turnedAway(newcomer(channel), tally).retryAfter()).contains(SECOND);
      assertThat(tally.answer(() -> known.say("meanwhile"))).startsWith(checkout.callerArn());
    }
    bench.clock().advance(SECOND.minus(NANO));
    assertThat(turnedAway(first, tally).retryAfter()).contains(SECOND);
    assertThat(asked() - open).isZero();

    bench.clock().advance(NANO);
    assertThat(turnedAway(first, tally).retryAfter()).contains(Duration.ofSeconds(2));
    assertThat(asked() - open).isEqualTo(1);

    bench.sts().clearFaults();
    assertThat(turnedAway(first, tally).retryAfter()).contains(Duration.ofSeconds(2));
    bench.clock().advance(Duration.ofSeconds(2));
    assertThat(tally.answer(() -> first.say("after"))).isNotEmpty();
    assertThat(asked() - open).as("a question more, and a look-up").isEqualTo(3);
    assertThat(bench.sts().requests().refused(StsErrorCode.INVALID_CLIENT_TOKEN_ID)).isEqualTo(1);
    assertThat(circuitChanges())
        .containsExactlyInAnyOrder(OPENED, "{region=\"us-east-1\", state=\"closed\"} 1");
    tally.survived();
  }

  private List<String> circuitChanges() {
    return bench.telemetry().metrics().stream()
        .filter(metric -> metric.getName().equals("rolecall.sts.circuit.changes"))
        .flatMap(metric -> metric.getLongSumData().getPoints().stream())
        .map(point -> point.getAttributes() + " " + point.getValue())
        .toList();
  }

  @Test
  void throttling_howeverLong_opensNothing(OutageTally tally) {
    EchoClient channel = channel(100);
    bench.sts().fail(Fault.throttled());
    EchoClient first = newcomer(channel);
    for (int i = 0; i < 10; i++) {
      SeenRefusal unused = turnedAway(first, tally);
    }
    assertThat(asked()).as("three attempts each").isEqualTo(30);

    bench.sts().clearFaults();
    assertThat(tally.answer(() -> first.say("after"))).isNotEmpty();
    tally.survived();
  }

  @Test
  void forgeries_howeverMany_openNothing(OutageTally tally) {
    EchoClient channel = channel(100);
    for (int i = 0; i < 20; i++) {
      String proof = bench.proof(bench.role(Bench.CHECKOUT), bench.channelBinding());
      SeenRefusal seen =
          tally.rightlyRefused(
              channel.withProof(proof.substring(0, proof.length() - 4)).sayRefused());
      assertThat(seen.code()).isEqualTo(Status.Code.UNAUTHENTICATED);
    }
    assertThat(asked()).isEqualTo(20);
    assertThat(tally.answer(() -> newcomer(channel).say("all is well"))).isNotEmpty();
  }

  @Test
  void recovery_everybodyAtOnce_isBoundedAndEachIsAskedAboutOnce(OutageTally tally)
      throws Exception {
    int callers = 60;
    int lookUps = 8;
    EchoClient channel = channel(lookUps);
    List<EchoClient> all = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      all.add(newcomer(channel));
    }
    bench.sts().fail(Fault.closed());
    for (EchoClient caller : all) {
      SeenRefusal unused = turnedAway(caller, tally);
    }
    bench.sts().clearFaults();
    bench.clock().advance(SECOND);
    long before = asked();

    List<EchoClient> left = all;
    int admittedInTheFirstSecond = 0;
    for (int round = 0; round < callers && !left.isEmpty(); round++) {
      List<EchoClient> over = comeAtOnce(left, tally);
      admittedInTheFirstSecond = round == 0 ? callers - over.size() : admittedInTheFirstSecond;
      left = over;
    }

    assertThat(left).isEmpty();
    assertThat(admittedInTheFirstSecond).isPositive();
    assertThat(asked() - before).as("a question, and once for each").isEqualTo(1 + callers);
    tally.survived();
  }

  /** Those who were told to wait, because too many came. */
  private static List<EchoClient> comeAtOnce(List<EchoClient> callers, OutageTally tally)
      throws Exception {
    List<CompletableFuture<String>> calls =
        callers.stream().map(caller -> caller.sayLater("together")).toList();
    List<EchoClient> over = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      Throwable thrown =
          calls.get(i).handle((answer, failure) -> failure).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (thrown == null) {
        var call = calls.get(i);
        assertThat(tally.answer(call::join)).isNotEmpty();
      } else {
        SeenRefusal seen = tally.inAnOutage(SeenRefusal.of(thrown));
        assertThat(seen.reason()).isEqualTo(RefusalReason.TOO_MANY_LOOKUPS.name());
        assertThat(seen.retryAfter()).contains(SECOND);
        over.add(callers.get(i));
      }
    }
    return over;
  }
}
