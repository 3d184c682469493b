package dev.rolecall.tests.calls;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.protocol.StsAction;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.tests.fixture.EchoClient;
import dev.rolecall.tests.fixture.GuardedServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A proof lapses after a quarter of an hour; calls go on. */
final class ProofRenewalTest {

  private static final int THREADS = 8;
  private static final int PATIENCE_SECONDS = 120;

  @RegisterExtension final Bench bench = new Bench();

  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private GuardedServer server;
  private EchoClient client;

  @BeforeEach
  void start() {
    EmulatedCredentials checkout = bench.role(Bench.CHECKOUT);
    server = bench.server().start();
    client = bench.client(server).with(bench.signing(checkout));
  }

  @AfterEach
  void endThreads() throws InterruptedException {
    threads.shutdownNow();
    assertThat(threads.awaitTermination(PATIENCE_SECONDS, SECONDS)).isTrue();
  }

  @Test
  void load_whileAnHourPasses_noCallFailsAndStsIsAskedOncePerProof() throws Exception {
    int minutes = 60;
    AtomicBoolean over = new AtomicBoolean();
    Semaphore answered = new Semaphore(0);
    List<Future<Integer>> callers = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      callers.add(threads.submit(() -> callUntil(over, answered)));
    }

    for (int minute = 0; minute < minutes; minute++) {
      assertThat(answered.tryAcquire(2 * THREADS, PATIENCE_SECONDS, SECONDS)).isTrue();
      bench.clock().advance(Duration.ofMinutes(1));
    }
    over.set(true);

    for (Future<Integer> caller : callers) {
      assertThat(caller.get(PATIENCE_SECONDS, SECONDS)).isPositive();
    }
    assertThat(server.proofs()).as("one each ten minutes").hasSizeBetween(5, 7);
    assertThat(bench.sts().requests().of(StsAction.GET_CALLER_IDENTITY))
        .isEqualTo(server.proofs().size());
  }

  private int callUntil(AtomicBoolean over, Semaphore answered) {
    int calls = 0;
    while (!over.get()) {
      String unused = client.say("still there?");
      answered.release();
      calls++;
    }
    return calls;
  }

  @Test
  void callers_afterTheProofLapsed_allWaitForTheSameRenewal() throws Exception {
    int rounds = 3;
    List<Callable<String>> calls = Collections.nCopies(THREADS, () -> client.say("hello again"));

    for (int round = 0; round < rounds; round++) {
      for (Future<String> call : threads.invokeAll(calls)) {
        assertThat(call.get(PATIENCE_SECONDS, SECONDS)).isNotEmpty();
      }
      bench.clock().advance(Duration.ofMinutes(16));
    }

    assertThat(server.proofs()).hasSize(rounds);
    assertThat(bench.sts().requests().total()).isEqualTo(rounds);
  }
}
