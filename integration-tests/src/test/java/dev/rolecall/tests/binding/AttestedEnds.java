package dev.rolecall.tests.binding;

import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.tests.fixture.EchoClient;
import dev.rolecall.tests.fixture.GuardedServer;
import dev.rolecall.tls.AttestationOptions;
import dev.rolecall.tls.AttestedChannel;
import dev.rolecall.tls.AttestedTls;

/**
 * Both ends of attested TLS, on a bench.
 *
 * @param bench where they run, and what closes them
 */
record AttestedEnds(Bench bench) {

  /** The role of servers. */
  static final String ORDERS_SERVER = "arn:aws:iam::111122223333:role/orders-server";

  /** A server that has shown {@link #ORDERS_SERVER}. */
  GuardedServer server() {
    return bench
        .server()
        .attested(signedBy(bench.role(ORDERS_SERVER), AttestedTls.server(Bench.AUDIENCE)))
        .start();
  }

  /** Options of a client that shows that role's session. */
  AttestedChannel.Builder client(EmulatedCredentials role) {
    return signedBy(role, AttestedTls.channel(Bench.AUDIENCE))
        .verifier(bench.verifier())
        .runtime(bench.runtime().build());
  }

  /** A client of whatever listens on that port, by those options. */
  EchoClient clientOf(int port, AttestedChannel.Builder options) {
    return bench.clientOf(port, bench.closing(options.start()).credentials());
  }

  /** What a call fails with at a client of whatever listens on that port, by those options. */
  Throwable failure(int port, AttestedChannel.Builder options) {
    EchoClient client = clientOf(port, options).failingFast();
    return catchThrowable(() -> client.say("not to be heard"));
  }

  private <B extends AttestationOptions<B>> B signedBy(EmulatedCredentials role, B options) {
    return options
        .credentialsProvider(Bench.provider(role))
        .endpoint(bench.sts().endpoint(), Bench.REGION);
  }
}
