package dev.rolecall.tls;

import static java.util.Objects.requireNonNull;

import dev.rolecall.guard.CallGuard;
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
  private final CallGuard guard;
  private final AttestedPeers peers;
  private final Duration maxConnectionAge;

  GuardedServerBuilder(
      ServerBuilder<?> transport, CallGuard guard, AttestedPeers peers, Duration maxConnectionAge) {
    this.transport = requireNonNull(transport, "transport");
    this.guard = requireNonNull(guard, "guard");
    this.maxConnectionAge = maxConnectionAge;
    this.peers = requireNonNull(peers, "peers");
    transport.maxConnectionAge(maxConnectionAge.toMillis(), TimeUnit.MILLISECONDS);
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
    if (unit.toNanos(age) > maxConnectionAge.toNanos()) {
      throw new IllegalArgumentException(
          "connection age: "
              + Duration.ofNanos(unit.toNanos(age))
              + " (expected: at most "
              + maxConnectionAge
              + ", after which the attestation that a client has presented may lapse)");
    }
    return super.maxConnectionAge(age, unit);
  }

  /**
   * Attaches the guard last, so that it runs first, and the reader of connections last, so that no
   * other filter drops what it has read.
   */
  @Override
  public Server build() {
    return transport.addTransportFilter(peers).intercept(guard).build();
  }
}
