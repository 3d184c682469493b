package dev.rolecall.tls;

import static java.util.Objects.requireNonNull;

import io.grpc.ForwardingServerBuilder;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The builder of an attested server: its guard runs before every other interceptor, and its
 * connections are read and ended in time. None of this can be left out.
 */
final class GuardedServerBuilder extends ForwardingServerBuilder<GuardedServerBuilder> {

  private final ServerBuilder<?> transport;
  private final AttestedServer server;

  GuardedServerBuilder(ServerBuilder<?> transport, AttestedServer server) {
    this.transport = requireNonNull(transport, "transport");
    this.server = requireNonNull(server, "server");
    server.boundConnections(transport);
  }

  @Override
  protected ServerBuilder<?> delegate() {
    return transport;
  }

  /**
   * Ends connections earlier than the builder of the attestation said.
   *
   * @throws IllegalArgumentException if it would end them later
   */
  @Override
  public GuardedServerBuilder maxConnectionAge(long age, TimeUnit unit) {
    Duration longest = server.maxConnectionAge();
    if (unit.toNanos(age) > longest.toNanos()) {
      throw new IllegalArgumentException(
          "connection age: "
              + Duration.ofNanos(unit.toNanos(age))
              + " (expected: at most "
              + longest
              + ", after which the attestation that a client has presented may lapse)");
    }
    return super.maxConnectionAge(age, unit);
  }

  /** Attaches the guard last, so that it runs first. */
  @Override
  public Server build() {
    server.attachGuard(transport);
    return transport.build();
  }
}
