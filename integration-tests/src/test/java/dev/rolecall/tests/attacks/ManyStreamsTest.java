package dev.rolecall.tests.attacks;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.lookup.LookupLimits;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.Fault;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.tests.fixture.EchoClient;
import dev.rolecall.tests.fixture.GuardedServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One connection with hundreds of streams, while STS takes its time. */
@Tag("attack")
final class ManyStreamsTest {

  private static final int STREAMS = 300;
  private static final int LOOK_UPS = 8;
  private static final int SUSPENDED = 40;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String TURNED_AWAY = "RESOURCE_EXHAUSTED TOO_MANY_LOOKUPS";

  @RegisterExtension final Bench bench = new Bench();
  @RegisterExtension final WireTally tally = new WireTally();

  private EmulatedCredentials checkout;
  private GuardedServer server;
  private EchoClient honest;
  private HostileConnection hostile;
  private String good;

  @BeforeEach
  void start() {
    checkout = bench.role(Bench.CHECKOUT);
    server =
        bench
            .server()
            // Time stands still: what is spent of the refusals STS may give does not come back.
            .running(options -> options.ticker(() -> 0))
            .guarding(
                options ->
                    options
                        .lookupLimits(LookupLimits.ofDefaults().withLookUps(2 * LOOK_UPS, LOOK_UPS))
                        .maxSuspendedCalls(SUSPENDED))
            .start();
    honest = bench.client(server).with(bench.signing(checkout));
    assertThat(honest.say("before")).startsWith(checkout.callerArn());
    good = bench.proof(bench.role(Bench.CHECKOUT), bench.channelBinding());
    hostile = bench.closing(HostileConnection.to(server, bench.certificate(), Scene.ATTACKER));
  }

  @Test
  void rapidReset_ofForgedProofs_asksWithinTheLimitsAndHoldsNothing() throws Exception {
    bench.sts().fail(Fault.delayed(Duration.ofMillis(50)));
    for (int i = 0; i < STREAMS; i++) {
      int stream = hostile.newStream();
      hostile.send(
          Frame.headers(stream, HeaderBlock.sayWith(Scene.forged(good))), Frame.cancel(stream));
    }
    assertThat(server.arrived().tryAcquire(1 + STREAMS, PATIENCE.toSeconds(), SECONDS)).isTrue();

    // As many first calls as may be suspended at all: no place is lost.
    EchoClient newcomer = bench.client(server).with(bench.signing(bench.role(Bench.CHECKOUT)));
    List<CompletableFuture<String>> calls = new ArrayList<>();
    assertThat(newcomer.say("connected")).contains("checkout");
    EchoClient another = bench.client(server).with(bench.signing(bench.role(Bench.CHECKOUT)));
    for (int i = 0; i < SUSPENDED; i++) {
      calls.add(another.sayLater("first"));
    }
    for (CompletableFuture<String> call : calls) {
      assertThat(call.get(PATIENCE.toSeconds(), SECONDS)).contains("checkout");
    }

    long forgeriesAsked = bench.sts().requests().refused();
    tally.count(STREAMS, server.echo().started() - 2 - SUSPENDED, forgeriesAsked - LOOK_UPS);
    assertThat(forgeriesAsked).isBetween(1L, (long) LOOK_UPS);
    assertThat(server.echo().started()).isEqualTo(2 + SUSPENDED);
  }

  @Test
  void oneForgedProof_onManyStreams_isAskedOnceAndSuspendsNoMoreThanItMay() throws Exception {
    bench.sts().failNext(1, Fault.silent());
    String forged = Scene.forged(good);
    List<Integer> streams = IntStream.range(0, STREAMS).mapToObj(i -> hostile.newStream()).toList();

    hostile.send(
        streams.stream()
            .flatMap(
                stream ->
                    Stream.of(
                        Frame.headers(stream, HeaderBlock.sayWith(forged)),
                        Frame.message(stream, 100, false)))
            .toArray(Frame[]::new));
    List<Told> turnedAway = hostile.awaitAny(STREAMS - SUSPENDED);
    assertThat(bench.sts().awaitRequests(2, PATIENCE)).isTrue();

    tally.count(STREAMS, server.echo().started() - 1, bench.sts().requests().total() - 2);
    assertThat(turnedAway)
        .allSatisfy(
            told -> {
              assertThat(told.word()).isEqualTo(TURNED_AWAY);
              assertThat(told.retryAfter()).contains(Duration.ofSeconds(1));
            });
    assertThat(honest.say("meanwhile")).startsWith(checkout.callerArn());
    hostile.close();
    assertThat(honest.say("after")).startsWith(checkout.callerArn());
    assertThat(bench.sts().requests().total()).as("the honest caller and one forgery").isEqualTo(2);
  }
}
