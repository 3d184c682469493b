package dev.rolecall.proxy.relay;

import dev.rolecall.identity.internal.Range;
import io.grpc.InsecureServerCredentials;
import io.grpc.ServerCredentials;
import io.grpc.protobuf.services.HealthStatusManager;
import io.opentelemetry.api.metrics.ObservableDoubleGauge;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;

/**
 * A relay: a server in front of gRPC services in any language, which admits each call by its
 * caller, passes messages on as bytes, and ends streams that may live no longer.
 *
 * <p>A client's credential goes no further. The service behind learns who called from the headers
 * of a {@link dev.rolecall.proxy.PassedIdentity}. Headers of these names that a client sends are
 * removed, on public methods too.
 *
 * <p>The status, its details, the trailers and the compression of messages pass as they are. A
 * status that the relay makes itself has its own text, and an upstream that cannot be reached is
 * {@code UNAVAILABLE}. {@code user-agent} and the subtype of {@code content-type} do not pass.
 *
 * <p>Safe for use by many threads. Does not close the guards of its routes: close them after it.
 */
public final class RelayServer implements AutoCloseable {

  /** The time for the last answers to leave, once their calls were ended. */
  private static final Duration FLUSH = Duration.ofSeconds(1);

  private static final Duration LONGEST_DRAIN = Duration.ofDays(1);

  private final RelayOptions options;
  private final InetSocketAddress address;
  private final EventLoops loops;
  private final Optional<HealthStatusManager> health;
  private final LongSupplier ticker;
  private final List<Lane> lanes = new ArrayList<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final List<ObservableDoubleGauge> gauges = new ArrayList<>();
  private int port;
  private boolean stopped;

  RelayServer(RelayServerBuilder options) {
    this.options = options.shared();
    this.address = options.address();
    this.loops = options.loops();
    this.health = options.health();
    this.ticker = options.ticker();
  }

  /**
   * Options of a relay that listens with those credentials, TLS as a rule.
   *
   * @param address the address and port; port 0 for a free one
   * @throws IllegalArgumentException if the address is unresolved
   */
  public static RelayServerBuilder builder(
      InetSocketAddress address, ServerCredentials credentials) {
    return new RelayServerBuilder(address, credentials);
  }

  /**
   * Options of a relay that listens without TLS. A party on the network path can then read each
   * call, and take and use its credential: for a loopback address, or behind a proxy that ends TLS.
   *
   * @param address the address and port; port 0 for a free one
   * @throws IllegalArgumentException if the address is unresolved
   */
  public static RelayServerBuilder builderWithoutTlsWhereCredentialsCanBeRead(
      InetSocketAddress address) {
    return new RelayServerBuilder(address, InsecureServerCredentials.create());
  }

  /**
   * Begins to listen. Call it once.
   *
   * @throws IOException if the port cannot be had; nothing listens then
   */
  public synchronized RelayServer start() throws IOException {
    if (stopped || !lanes.isEmpty()) {
      throw new IllegalStateException("relay: started before (expected: one start)");
    }
    try {
      startLanes();
    } catch (IOException | RuntimeException | Error e) {
      lanes.forEach(Lane::close);
      stopped = true;
      ended.countDown();
      throw e;
    }
    gauges.add(options.metrics().open(this::openCalls));
    return this;
  }

  /**
   * Has calls that come from now on go by those routes instead. Calls that are open go on, under
   * the guards that admitted them: close a guard that is no longer used only once they are over.
   * Metrics keep the series of routes that are gone. Does not block.
   *
   * @throws IllegalArgumentException if there is no route, or two are alike; the routes stay then
   * @throws IllegalStateException if it is not started
   */
  public synchronized void replaceRoutes(List<Route> routes) {
    RouteTable table = new RouteTable(List.copyOf(routes));
    if (lanes.isEmpty() || stopped) {
      throw new IllegalStateException("relay: not started, or shut down (expected: it runs)");
    }
    lanes.forEach(lane -> lane.replaceRoutes(table));
  }

  /** How many calls are open, those that wait for their verdict among them. */
  int openCalls() {
    return lanes.stream().mapToInt(Lane::openCalls).sum();
  }

  /**
   * Sockets that share a port would listen beside those of another process, and split its calls.
   */
  private void checkPortIsFree() throws IOException {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(address);
    }
  }

  private void startLanes() throws IOException {
    if (address.getPort() != 0) {
      checkPortIsFree();
    }
    for (int i = 0; i < loops.lanes(); i++) {
      // The first one finds the port, which the others share.
      InetSocketAddress own = i == 0 ? address : new InetSocketAddress(address.getAddress(), port);
      Lane lane = new Lane(options, loops, own);
      lanes.add(lane);
      lane.start();
      port = lane.port();
    }
  }

  /**
   * The port that it listens on.
   *
   * @throws IllegalStateException if it was not started
   */
  public synchronized int port() {
    if (port == 0) {
      throw new IllegalStateException("relay: not started (expected: start() before port())");
    }
    return port;
  }

  /**
   * Takes no more calls, and says {@code NOT_SERVING} where it answers health checks. Calls that
   * are open go on up to the limit; then they end with {@code UNAVAILABLE}. Blocks for so long, and
   * up to some seconds more. A second call does nothing more.
   *
   * @param drainLimit the longest wait for open calls: up to a day
   * @throws IllegalArgumentException if it is negative or longer
   */
  public void shutdown(Duration drainLimit) {
    Range.check("drain limit", drainLimit, Duration.ZERO, LONGEST_DRAIN);
    if (!stop()) {
      return;
    }
    try {
      health.ifPresent(HealthStatusManager::enterTerminalState);
      lanes.forEach(Lane::stopListening);
      if (!awaitCalls(drainLimit)) {
        lanes.forEach(Lane::endCalls);
        var unused = awaitCalls(FLUSH);
      }
    } catch (InterruptedException e) {
      // The caller is in a hurry: what is open ends now.
      Thread.currentThread().interrupt();
    } finally {
      lanes.forEach(Lane::close);
      gauges.forEach(ObservableDoubleGauge::close);
      awaitEnd();
      ended.countDown();
    }
  }

  private synchronized boolean stop() {
    boolean first = !stopped;
    stopped = true;
    return first;
  }

  private boolean awaitCalls(Duration limit) throws InterruptedException {
    long until = ticker.getAsLong() + limit.toNanos();
    for (Lane each : lanes) {
      if (!each.awaitCalls(ticker, until)) {
        return false;
      }
    }
    return true;
  }

  private void awaitEnd() {
    try {
      for (Lane each : lanes) {
        each.awaitEnd();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until it was shut down. */
  public void awaitTermination() throws InterruptedException {
    ended.await();
  }

  /** Shuts it down without a wait for open calls. */
  @Override
  public void close() {
    shutdown(Duration.ZERO);
  }
}
