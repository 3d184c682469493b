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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A call that waits for its verdict, and does not wait for ever. */
@Tag("attack")
final class SuspendedCallTest {

  private static final Duration STS_DELAY = Duration.ofMillis(1_500);
  private static final Duration DEADLINE = Duration.ofMillis(700);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @RegisterExtension final Bench bench = new Bench();

  private EmulatedCredentials checkout;
  private GuardedServer server;
  private EchoClient client;
  private int warmedUp;

  @BeforeEach
  void start() {
    checkout = bench.role(Bench.CHECKOUT);
    server = bench.server().start();
    EchoClient channel = bench.client(server);
    // A public method: connects, and leaves the caller unknown.
    assertThat(channel.ping()).startsWith("nobody");
    client = channel.with(bench.signing(checkout));
    warmedUp = server.echo().started();
    // The first signature of a run takes its time, and a deadline below must not end there.
    assertThat(bench.proof(checkout, bench.channelBinding())).isNotEmpty();
    bench.sts().failNext(1, Fault.delayed(STS_DELAY));
  }

  @Test
  void deadline_whileSuspended_handlerNeverStartsAndTheAnswerServesTheNextCall() throws Exception {
    CompletableFuture<String> call = client.sayWithin(DEADLINE, "too late");

    ExecutionException failure =
        catchThrowableOfType(
            ExecutionException.class, () -> call.get(PATIENCE.toSeconds(), SECONDS));

    assertThat(Status.fromThrowable(failure).getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    assertThat(bench.sts().requests().total()).as("STS was being asked").isEqualTo(1);
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
    client = bench.client(server).with(bench.signing(checkout));
    assertThat(client.say("next")).startsWith(checkout.callerArn());
    assertThat(server.echo().started() - warmedUp).isEqualTo(1);
    assertNothingWasLost();
  }

  @Test
  void messages_sentWhileSuspended_arriveInOrder() throws Exception {
    assertThat(client.collect("a", "b", "c")).isEqualTo(checkout.callerArn() + ": a b c");
    assertNothingWasLost();
  }

  private void assertNextCallIsServedByTheSameAnswer() throws InterruptedException {
    assertThat(client.say("next")).startsWith(checkout.callerArn());

    assertThat(server.echo().started() - warmedUp).as("the next call's handler alone").isEqualTo(1);
    assertThat(bench.sts().requests().total()).isEqualTo(1);
    assertNothingWasLost();
  }

  private void assertNothingWasLost() throws InterruptedException {
    bench.leaks().settle();
    assertThat(bench.leaks().reports()).isEmpty();
  }
}
