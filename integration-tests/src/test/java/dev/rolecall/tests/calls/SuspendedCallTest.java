package dev.rolecall.tests.calls;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.Fault;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.tests.fixture.EchoClient;
import dev.rolecall.tests.fixture.GuardedServer;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A call that waits for its verdict, and does not wait for ever. */
@Tag("attack")
final class SuspendedCallTest {

  /** Time for what a client sends at once to arrive. */
  private static final Duration STS_DELAY = Duration.ofMillis(500);

  /** A call has this long to reach a server that it is connected to, with a proof it has. */
  private static final Duration DEADLINE = Duration.ofSeconds(1);

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @RegisterExtension final Bench bench = new Bench();

  private final HeldAnswers answers = bench.closing(new HeldAnswers());
  private EmulatedCredentials checkout;
  private GuardedServer server;
  private EchoClient client;
  private int warmedUp;

  @BeforeEach
  void start() {
    checkout = bench.role(Bench.CHECKOUT);
    server = bench.server().running(options -> options.lookUpExecutor(answers)).start();
    client = bench.client(server).with(bench.signing(checkout));
    // A public method: connects and signs, and leaves the caller unknown.
    assertThat(client.ping()).startsWith("nobody");
    warmedUp = server.echo().started();
    server.arrived().drainPermits();
  }

  @Test
  void deadline_whileSuspended_handlerNeverStartsAndTheAnswerServesTheNextCall() throws Exception {
    CompletableFuture<String> call = client.sayWithin(DEADLINE, "too late");

    ExecutionException failure =
        catchThrowableOfType(
            ExecutionException.class, () -> call.get(PATIENCE.toSeconds(), SECONDS));

    assertThat(Status.fromThrowable(failure).getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    assertThat(bench.sts().awaitRequests(1, PATIENCE)).as("STS was being asked").isTrue();
    assertNextCallIsServedByTheSameAnswer();
  }

  @Test
  void cancellation_whileSuspended_handlerNeverStartsAndTheAnswerServesTheNextCall()
      throws Exception {
    CompletableFuture<String> call = client.sayLater("never mind");
    assertThat(bench.sts().awaitRequests(1, PATIENCE)).isTrue();

    assertThat(call.cancel(true)).isTrue();

    assertNextCallIsServedByTheSameAnswer();
  }

  @Test
  void connection_lostWhileSuspended_handlerNeverStarts() throws Exception {
    CompletableFuture<String> call = client.sayLater("never mind");
    assertThat(bench.sts().awaitRequests(1, PATIENCE)).isTrue();

    client.close();

    assertThat(catchThrowableOfType(ExecutionException.class, call::get)).isNotNull();
    assertComes(server.cancelled(), 1);
    answers.letGo();
    client = bench.client(server).with(bench.signing(checkout));
    assertThat(client.say("next")).startsWith(checkout.callerArn());
    assertThat(server.echo().started() - warmedUp).isEqualTo(1);
    assertNothingWasLost();
  }

  @Test
  void messages_sentWhileSuspended_arriveInOrder() throws Exception {
    answers.letGo();
    bench.sts().failNext(1, Fault.delayed(STS_DELAY));

    assertThat(client.collect("a", "b", "c")).isEqualTo(checkout.callerArn() + ": a b c");
    assertNothingWasLost();
  }

  private void assertNextCallIsServedByTheSameAnswer() throws Exception {
    assertComes(server.cancelled(), 1);
    CompletableFuture<String> next = client.sayLater("next");
    assertComes(server.arrived(), 2);
    answers.letGo();
    assertThat(next.get(PATIENCE.toSeconds(), SECONDS)).startsWith(checkout.callerArn());

    assertThat(server.echo().started() - warmedUp).as("the next call's handler alone").isEqualTo(1);
    assertThat(bench.sts().requests().total()).isEqualTo(1);
    assertNothingWasLost();
  }

  private static void assertComes(Semaphore calls, int number) throws InterruptedException {
    assertThat(calls.tryAcquire(number, PATIENCE.toSeconds(), SECONDS)).isTrue();
  }

  private void assertNothingWasLost() throws InterruptedException {
    bench.leaks().settle();
    assertThat(bench.leaks().reports()).isEmpty();
  }
}
