package dev.rolecall.tests.outages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.rolecall.identity.RefusalReason;
import dev.rolecall.stsemulator.EmulatedPrincipal;
import dev.rolecall.stsemulator.Fault;
import dev.rolecall.stsemulator.network.NetworkFault;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.tests.fixture.EchoClient;
import dev.rolecall.tests.fixture.SeenRefusal;
import io.grpc.Status;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The other way round: what STS refuses is refused, however badly it is doing meanwhile. */
@ExtendWith(OutageTally.OfTheRun.class)
@Tag("attack")
final class RealRefusalsTest {

  private static final Duration A_MOMENT = Duration.ofMillis(5);

  /** Troubles that an answer comes through. */
  private static final Map<String, Consumer<SickSts>> TROUBLES =
      new TreeMap<>(
          Map.of(
              "all is well", sts -> {},
              "the answer is late", sts -> sts.fails(Fault.delayed(A_MOMENT)),
              "the answer drips", sts -> sts.fails(Fault.dripping(64, A_MOMENT)),
              "the first byte is late", sts -> sts.lineFails(NetworkFault.slowFirstByte(A_MOMENT)),
              "the line is slow", sts -> sts.lineFails(NetworkFault.limitedTo(20_000))));

  @RegisterExtension final Bench bench = new Bench();

  private SickSts sts;

  @BeforeEach
  void start() {
    sts = new SickSts(bench);
  }

  @TestFactory
  Stream<DynamicTest> refusal_inTrouble_isARefusalAndRemembered(OutageTally tally) {
    EchoClient channel = bench.client(sts.asked(bench.server()).start());
    Map<String, Supplier<String>> proofs =
        new TreeMap<>(
            Map.of(
                "a forged signature", this::forged,
                "a session that has ended", this::ended,
                "a key that STS does not know", this::unknown));
    return TROUBLES.entrySet().stream()
        .flatMap(
            trouble ->
                proofs.entrySet().stream()
                    .map(
                        proof ->
                            dynamicTest(
                                proof.getKey() + ", and " + trouble.getKey(),
                                () -> {
                                  trouble.getValue().accept(sts);
                                  refuse(channel.withProof(proof.getValue().get()), tally);
                                  sts.recovers();
                                })));
  }

  @TestFactory
  Stream<DynamicTest> refusal_afterFailedAttempts_isARefusalAndRemembered(OutageTally tally) {
    EchoClient channel = bench.client(sts.asked(bench.server()).start());
    return Stream.of(Fault.throttled(), Fault.serviceUnavailable(), Fault.truncated())
        .map(
            fault ->
                dynamicTest(
                    "after " + fault,
                    () -> {
                      String proof = forged();
                      bench.sts().failNext(2, fault);
                      refuse(channel.withProof(proof), tally);
                    }));
  }

  private void refuse(EchoClient caller, OutageTally tally) {
    assertRefused(tally.rightlyRefused(caller.sayRefused()));
    long asked = bench.sts().requests().total();
    bench.sts().fail(Fault.serviceUnavailable());
    assertRefused(tally.rightlyRefused(caller.sayRefused()));
    bench.sts().clearFaults();
    assertThat(bench.sts().requests().total()).isEqualTo(asked);
    tally.survived();
  }

  private static void assertRefused(SeenRefusal seen) {
    assertThat(seen.code()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(seen.reason()).isEqualTo(RefusalReason.ISSUER_REFUSED.name());
    assertThat(seen.retryAfter()).isEmpty();
  }

  private String forged() {
    var proof = sts.proof(bench.role(Bench.CHECKOUT));
    String other = proof.signature().startsWith("0") ? "1" : "0";
    return proof.text().replace(proof.signature(), other + proof.signature().substring(1));
  }

  private String ended() {
    return sts.proof(
            bench.principal(
                EmulatedPrincipal.builder(Bench.CHECKOUT)
                    .expiresAt(bench.clock().instant())
                    .build()))
        .text();
  }

  private String unknown() {
    String proof = sts.proof(bench.role(Bench.INTERN)).text();
    assertThat(bench.sts().remove(Bench.INTERN)).isTrue();
    return proof;
  }
}
