package dev.rolecall.benchmarks.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Passes connections on to a port of this machine, and can cut all of them at once. New connections
 * are passed on at any time. Safe for use by many threads.
 */
public final class FeedRelay implements AutoCloseable {

  private static final int BACKLOG = 128;

  private final ServerSocket listener;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private FeedRelay(ServerSocket listener, int target) {
    this.listener = listener;
    this.target = target;
  }

  /** Listens on a port of its own. */
  public static FeedRelay to(int target) throws IOException {
    FeedRelay relay =
        new FeedRelay(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()), target);
    daemon("relay", relay::accept);
    return relay;
  }

  /** The port that it listens on. */
  public int port() {
    return listener.getLocalPort();
  }

  /** Cuts the connections of now. Answers with their number. */
  public int cut() {
    int count = 0;
    for (Socket socket : open) {
      close(socket);
      count++;
    }
    return count / 2;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        daemon("relay to", () -> pass(client));
      } catch (IOException e) {
        // Closed, as a rule. Otherwise the next one may do better.
      }
    }
  }

  private void pass(Socket client) {
    open.add(client);
    try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
      open.add(server);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      daemon("relay back", () -> copy(server, client));
      copy(client, server);
      open.remove(server);
    } catch (IOException e) {
      // Nothing listens there: the client sees its connection end.
      close(client);
    }
    open.remove(client);
  }

  /** Copies until one end closes, and closes both then. */
  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // Cut, or ended by its other end: that is what a relay is for.
      close(to);
    }
    close(from);
    close(to);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Takes no more connections, and cuts those of now. */
  @Override
  public void close() throws IOException {
    listener.close();
    cut();
  }
}
