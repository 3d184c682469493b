package dev.rolecall.stsemulator.network;

import static java.util.Objects.requireNonNull;

import dev.rolecall.stsemulator.StsEmulator;
import dev.rolecall.stsemulator.internal.Workers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A network path to an emulator that fails on demand: a TCP port on 127.0.0.1 that relays bytes to
 * the emulator and back, late, slowly, in part or not at all. It covers the faults below HTTP:
 * resets, refused connections, slow networks.
 *
 * <p>A client signs for its {@link #endpoint} and sends its requests there. Safe for use by many
 * threads. Each connection takes two daemon threads until {@link #close}.
 */
public final class FaultyConnection implements AutoCloseable {

  private static final Logger LOGGER = System.getLogger(FaultyConnection.class.getName());

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final InetSocketAddress emulator;
  private final Workers workers = new Workers();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Set<RelayedConnection> connections = ConcurrentHashMap.newKeySet();

  private final InetSocketAddress address;

  /** Guards going up and down. */
  private final Object lock = new Object();

  private volatile @Nullable Listening listening;
  private volatile NetworkFault fault = NetworkFault.NONE;

  private record Listening(ServerSocket socket, CountDownLatch over) {}

  private FaultyConnection(URI emulator) throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    this.emulator = new InetSocketAddress(loopback, emulator.getPort());
    this.address = listen(new InetSocketAddress(loopback, 0));
  }

  /** A path to that emulator without a fault, on a free port. Close it before the emulator. */
  public static FaultyConnection to(StsEmulator emulator) {
    try {
      return new FaultyConnection(requireNonNull(emulator, "emulator").endpoint());
    } catch (IOException e) {
      throw new UncheckedIOException("faulty connection: no port of 127.0.0.1 can be had", e);
    }
  }

  /** The endpoint: {@code http://127.0.0.1:PORT}, no path. It never changes. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + address.getPort());
  }

  /** Gives that fault to each answer whose request arrives from now on. */
  public void fail(NetworkFault fault) {
    this.fault = requireNonNull(fault, "fault");
  }

  /** Relays answers as they are from now on; those under way keep their fault. */
  public void clearFault() {
    fault = NetworkFault.NONE;
  }

  /** Stops listening: new connections are refused, and open ones end. */
  public void down() {
    synchronized (lock) {
      Listening before = listening;
      if (before != null) {
        listening = null;
        RelayedConnection.close(before.socket());
        connections.forEach(RelayedConnection::close);
        awaitEnd(before);
      }
    }
  }

  /** The port is free only when the thread that accepts on it has noticed. */
  private static void awaitEnd(Listening before) {
    try {
      if (!before.over().await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("faulty connection: still accepting after " + PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Listens again, on the same port. Does nothing if it listens already, or after {@link #close}.
   *
   * @throws UncheckedIOException if another process has taken the port meanwhile
   */
  public void up() {
    synchronized (lock) {
      if (listening != null || closing.getCount() == 0) {
        return;
      }
      try {
        var unused = listen(address);
      } catch (IOException e) {
        throw new UncheckedIOException("faulty connection: cannot listen on " + address, e);
      }
    }
  }

  private InetSocketAddress listen(InetSocketAddress at) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(at);
    Listening begun = new Listening(socket, new CountDownLatch(1));
    listening = begun;
    workers.execute(() -> accept(begun));
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  private void accept(Listening from) {
    try {
      while (true) {
        carry(from.socket().accept());
      }
    } catch (IOException down) {
      LOGGER.log(Level.DEBUG, "the line is down", down);
    } finally {
      from.over().countDown();
    }
  }

  private void carry(Socket client) {
    try {
      Socket server = new Socket(emulator.getAddress(), emulator.getPort());
      RelayedConnection connection = new RelayedConnection(client, server, () -> fault, closing);
      connections.add(connection);
      if (listening == null) {
        connection.close();
      }
      workers.execute(connection::carryAnswers);
      workers.execute(
          () -> {
            connection.carryRequests();
            connections.remove(connection);
          });
    } catch (IOException | RejectedExecutionException away) {
      LOGGER.log(Level.DEBUG, "the emulator is away, or the line closes", away);
      RelayedConnection.close(client);
    }
  }

  /** Goes down for good, and waits for the threads to end. */
  @Override
  public void close() {
    closing.countDown();
    down();
    workers.close();
  }

  @Override
  public String toString() {
    return "FaultyConnection[" + endpoint() + "]";
  }
}
