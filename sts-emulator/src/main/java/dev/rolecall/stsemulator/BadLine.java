package dev.rolecall.stsemulator;

import static java.util.Objects.requireNonNull;

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
 * A line to an emulator that goes bad on demand: a TCP port of its own on 127.0.0.1, from which
 * bytes are carried to the emulator and back, late, slowly, in part or not at all. For what happens
 * below HTTP: resets, refused connections, slow networks.
 *
 * <p>Whoever is to use it signs for its {@link #endpoint} and asks there. Safe for use by many
 * threads; each connection takes two of its own, all daemons, until {@link #close}.
 */
public final class BadLine implements AutoCloseable {

  private static final Logger LOGGER = System.getLogger(BadLine.class.getName());

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final InetSocketAddress emulator;
  private final Workers workers = new Workers();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Set<LineConnection> connections = ConcurrentHashMap.newKeySet();

  private final InetSocketAddress address;

  /** Guards going up and down. */
  private final Object lock = new Object();

  private volatile @Nullable Listening listening;
  private volatile LineFault fault = LineFault.NONE;

  private record Listening(ServerSocket socket, CountDownLatch over) {}

  private BadLine(URI emulator) throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    this.emulator = new InetSocketAddress(loopback, emulator.getPort());
    this.address = listen(new InetSocketAddress(loopback, 0));
  }

  /** A good line to that emulator, up and on a free port. Close it before the emulator. */
  public static BadLine to(StsEmulator emulator) {
    try {
      return new BadLine(requireNonNull(emulator, "emulator").endpoint());
    } catch (IOException e) {
      throw new UncheckedIOException("bad line: no port of 127.0.0.1 can be had", e);
    }
  }

  /** Where it listens: {@code http://127.0.0.1:PORT}, no path. The same for its life. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + address.getPort());
  }

  /** Each answer to a request that comes in from now on meets that fault. */
  public void fail(LineFault fault) {
    this.fault = requireNonNull(fault, "fault");
  }

  /** From now on answers get through as they are; those under way keep their fault. */
  public void clearFault() {
    fault = LineFault.NONE;
  }

  /** Nobody listens any more: connections are refused, and those that there are end. */
  public void down() {
    synchronized (lock) {
      Listening before = listening;
      if (before != null) {
        listening = null;
        LineConnection.close(before.socket());
        connections.forEach(LineConnection::close);
        awaitEnd(before);
      }
    }
  }

  /** The port is free only when the thread that accepts on it has noticed. */
  private static void awaitEnd(Listening before) {
    try {
      if (!before.over().await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("bad line: still accepting after " + PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Somebody listens again, on the same port; does nothing if somebody does, or after {@link
   * #close}.
   *
   * @throws UncheckedIOException if somebody else has taken the port meanwhile
   */
  public void up() {
    synchronized (lock) {
      if (listening != null || closing.getCount() == 0) {
        return;
      }
      try {
        var unused = listen(address);
      } catch (IOException e) {
        throw new UncheckedIOException("bad line: cannot listen on " + address, e);
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
      LineConnection connection = new LineConnection(client, server, () -> fault, closing);
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
      LineConnection.close(client);
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
    return "BadLine[" + endpoint() + "]";
  }
}
