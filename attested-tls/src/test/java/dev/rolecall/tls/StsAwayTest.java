package dev.rolecall.tls;

import static dev.rolecall.tls.Surroundings.AUDIENCE;
import static dev.rolecall.tls.Surroundings.CHECKOUT;
import static dev.rolecall.tls.Surroundings.ORDERS_SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.stsemulator.Fault;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An STS that is slow or away, at the first connection and at a renewal. */
@Tag("attack")
final class StsAwayTest {

  /** Another's call is over by then, on a busy machine too. */
  private static final Duration LONG = Duration.ofSeconds(3);

  @RegisterExtension final Surroundings around = new Surroundings();

  @ParameterizedTest
  @EnumSource
  void stsDownAtConnect_isUnavailable_andTheSameConnectionRecovers(TlsProvider provider) {
    RunningServer server = around.start(provider, around.server(ORDERS_SERVER));
    TestCaller caller = around.caller(provider, around.client(CHECKOUT), server);
    around.sts().fail(Fault.serviceUnavailable());

    assertThat(caller.refused().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(server.streams()).as("nothing is sent to a server that is not known").isZero();

    around.sts().clearFaults();
    assertThat(caller.greet()).startsWith(CHECKOUT);
    assertThat(server.connections()).isOne();
  }

  @ParameterizedTest
  @EnumSource
  void stsDownAtRenewal_knownEndsGoOn_evenOnNewConnections(TlsProvider provider) {
    RunningServer server = around.start(provider, around.server(ORDERS_SERVER));
    TestCaller caller = around.caller(provider, around.client(CHECKOUT), server);
    assertThat(caller.greet()).startsWith(CHECKOUT);
    around.sts().fail(Fault.serviceUnavailable());

    around.pass(Duration.ofMinutes(12));
    caller.reconnect();
    assertThat(caller.greet()).startsWith(CHECKOUT);
    assertThat(around.sts().requests().faulted())
        .as("questions about new attestations")
        .isPositive();

    around.sts().clearFaults();
    around.pass(Duration.ofMinutes(2));
    caller.reconnect();
    assertThat(caller.greet()).startsWith(CHECKOUT);
    around.pass(Duration.ofMinutes(9));
    assertThat(caller.greet()).as("by the new attestations").startsWith(CHECKOUT);
  }

  @ParameterizedTest
  @EnumSource
  void slowSts_holdsBackTheNewcomerAlone(TlsProvider provider) throws Exception {
    RunningServer server = around.start(provider, around.server(ORDERS_SERVER));
    TestCaller neighbour = around.caller(provider, around.client(CHECKOUT), server);
    assertThat(neighbour.greet()).startsWith(CHECKOUT);
    around.sts().fail(Fault.delayed(LONG));
    FixedKeys keys = new FixedKeys(Forgery.attestation(around.proofs(AUDIENCE, CHECKOUT)));
    TestCaller newcomer = around.caller(provider, Forgery.client(keys), server);

    List<CompletableFuture<String>> early = new ArrayList<>();
    for (int call = 0; call < 20; call++) {
      early.add(newcomer.greetLater());
    }
    assertThat(neighbour.greet()).startsWith(CHECKOUT);

    assertThat(early).noneMatch(CompletableFuture::isDone);
    for (CompletableFuture<String> call : early) {
      assertThat(call.get(2, TimeUnit.MINUTES)).startsWith(CHECKOUT);
    }
    assertThat(around.asked()).as("client, server and newcomer").isEqualTo(3);
  }
}
