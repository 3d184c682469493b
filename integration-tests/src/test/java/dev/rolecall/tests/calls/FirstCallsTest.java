package dev.rolecall.tests.calls;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.client.IamCallCredentials;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.tests.fixture.EchoClient;
import dev.rolecall.tests.fixture.GuardedServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many calls before anybody knows who calls. */
@Tag("attack")
final class FirstCallsTest {

  private static final int CALLS = 64;
  private static final int CONNECTIONS = 4;
  private static final int PATIENCE_SECONDS = 120;

  @RegisterExtension final Bench bench = new Bench();

  @Test
  void firstCalls_64AtOnce_causeOneStsCall() throws Exception {
    EmulatedCredentials checkout = bench.role(Bench.CHECKOUT);
    HeldAnswers answers = bench.closing(new HeldAnswers());
    GuardedServer server =
        bench.server().running(options -> options.lookUpExecutor(answers)).start();
    IamCallCredentials credentials = bench.signing(checkout);
    List<EchoClient> clients = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      EchoClient client = bench.client(server);
      // A public method: connects, and leaves the caller unknown.
      assertThat(client.ping()).startsWith("nobody");
      clients.add(client.with(credentials));
    }
    int warmedUp = server.echo().started();

    List<CompletableFuture<String>> calls = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      calls.add(clients.get(i % CONNECTIONS).sayLater("first"));
    }
    assertThat(server.arrived().tryAcquire(warmedUp + CALLS, PATIENCE_SECONDS, SECONDS)).isTrue();
    int startedBeforeTheVerdict = server.echo().started() - warmedUp;
    answers.letGo();

    for (CompletableFuture<String> call : calls) {
      assertThat(call.get(PATIENCE_SECONDS, SECONDS)).startsWith(checkout.callerArn());
    }
    assertThat(startedBeforeTheVerdict).as("all calls were under way at once").isZero();
    assertThat(server.proofs()).hasSize(1);
    assertThat(bench.sts().requests().total()).isEqualTo(1);
  }

  @Test
  void firstCalls_ofTwoRoles_causeOneStsCallEach() throws Exception {
    GuardedServer server = bench.server().start();
    EchoClient client = bench.client(server);
    EchoClient first = client.with(bench.signing(bench.role(Bench.CHECKOUT)));
    EchoClient second = client.with(bench.signing(bench.role(Bench.CHECKOUT)));

    List<CompletableFuture<String>> calls = new ArrayList<>();
    for (int i = 0; i < CALLS / 2; i++) {
      calls.add(first.sayLater("first"));
      calls.add(second.sayLater("second"));
    }

    for (CompletableFuture<String> call : calls) {
      assertThat(call.get(PATIENCE_SECONDS, SECONDS)).isNotEmpty();
    }
    assertThat(bench.sts().requests().total()).isEqualTo(2);
  }
}
