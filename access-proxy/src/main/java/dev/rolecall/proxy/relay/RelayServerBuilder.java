package dev.rolecall.proxy.relay;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.InvalidValue;
import dev.rolecall.identity.internal.Range;
import io.grpc.ServerCredentials;
import io.grpc.ServerTransportFilter;
import io.grpc.protobuf.services.HealthStatusManager;
import io.opentelemetry.api.OpenTelemetry;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Options of a {@link RelayServer}. Not safe for use by several threads at once. */
public final class RelayServerBuilder {

  private static final int MOST_LOOPS = 256;

  private final InetSocketAddress address;
  private final ServerCredentials credentials;
  private final List<Route> routes = new ArrayList<>();
  private final List<ServerTransportFilter> filters = new ArrayList<>();
  private RelayLimits limits = RelayLimits.ofDefaults();
  private Optional<HealthStatusManager> health = Optional.empty();
  private OpenTelemetry telemetry = OpenTelemetry.noop();
  private LongSupplier ticker = System::nanoTime;
  private EventLoops loops =
      new EventLoops(
          Sockets.best(), Math.min(MOST_LOOPS, Runtime.getRuntime().availableProcessors()));

  RelayServerBuilder(InetSocketAddress address, ServerCredentials credentials) {
    if (address.isUnresolved()) {
      throw InvalidValue.of("address", address.getHostString(), "an address of this machine");
    }
    this.address = address;
    this.credentials = requireNonNull(credentials, "credentials");
  }

  /**
   * Relays the calls that the route is for. At least one. A call that no route is for ends with
   * {@code UNIMPLEMENTED}.
   */
  public RelayServerBuilder route(Route route) {
    routes.add(requireNonNull(route, "route"));
    return this;
  }

  /** The sizes and ages that are admitted; by default {@link RelayLimits#ofDefaults}. */
  public RelayServerBuilder limits(RelayLimits limits) {
    this.limits = requireNonNull(limits, "limits");
    return this;
  }

  /**
   * Answers {@code grpc.health.v1.Health} here, for anyone, with the state of the relay itself
   * under the name "". By default such calls are relayed, and judged, like any other.
   */
  public RelayServerBuilder answerHealthChecksHere() {
    this.health = Optional.of(new HealthStatusManager());
    return this;
  }

  /** Has the filter see each connection of a client before its calls, as attested TLS must. */
  public RelayServerBuilder transportFilter(ServerTransportFilter filter) {
    filters.add(requireNonNull(filter, "filter"));
    return this;
  }

  /**
   * How many event loops share the work: 1 to 256, by default one for each processor. Each has a
   * thread, and its own connections to upstreams. The kernel spreads clients' connections over
   * them, so that one connection keeps one loop busy.
   *
   * @throws IllegalArgumentException if the number is out of that range
   */
  public RelayServerBuilder eventLoops(int loops) {
    Range.check("event loops", loops, 1, MOST_LOOPS);
    this.loops = new EventLoops(this.loops.sockets(), loops);
    return this;
  }

  /** Where metrics go: nowhere by default. */
  public RelayServerBuilder openTelemetry(OpenTelemetry telemetry) {
    this.telemetry = requireNonNull(telemetry, "telemetry");
    return this;
  }

  /** Elapsed time in nanoseconds; {@link System#nanoTime} by default. */
  public RelayServerBuilder ticker(LongSupplier nanoseconds) {
    this.ticker = requireNonNull(nanoseconds, "nanoseconds");
    return this;
  }

  /** The kind of sockets, for tests. */
  RelayServerBuilder sockets(Sockets sockets) {
    this.loops = new EventLoops(sockets, loops.count());
    return this;
  }

  /**
   * The relay, which does not listen yet.
   *
   * @throws IllegalArgumentException if there is no route, or two are alike
   */
  public RelayServer build() {
    return new RelayServer(this);
  }

  RelayOptions shared() {
    return new RelayOptions(
        credentials,
        new RouteTable(routes),
        limits,
        new RelayMetrics(telemetry, ticker),
        health.map(manager -> manager.getHealthService().bindService()),
        List.copyOf(filters));
  }

  InetSocketAddress address() {
    return address;
  }

  EventLoops loops() {
    return loops;
  }

  Optional<HealthStatusManager> health() {
    return health;
  }

  LongSupplier ticker() {
    return ticker;
  }
}
