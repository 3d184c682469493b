package dev.rolecall.tests.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/** The network between clients and a server: passes bytes on, and can be cut. */
final class Relay implements AutoCloseable {

  private final ServerSocket door;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile int target;

  Relay(int target) {
    this.target = target;
    try {
      this.door = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  /** Connections from now on lead to that port. */
  void leadTo(int port) {
    this.target = port;
  }

  /** Every connection breaks. */
  void cut() {
    sockets.forEach(Relay::close);
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        sockets.add(client);
        threads.execute(() -> connect(client));
      } catch (IOException | RejectedExecutionException e) {
        // The door was closed: that is how this ends.
        cut();
      }
    }
  }

  private void connect(Socket client) {
    try {
      client.setTcpNoDelay(true);
      Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
      sockets.add(server);
      threads.execute(() -> pass(server, client));
      pass(client, server);
    } catch (IOException | RejectedExecutionException e) {
      // No server there just now. The client tries again.
      forget(client);
    }
  }

  private void pass(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // Cut, or closed by one of the two: the other one must hear of it.
    } finally {
      forget(from);
      forget(to);
    }
  }

  private void forget(Socket socket) {
    sockets.remove(socket);
    close(socket);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    cut();
    threads.shutdown();
  }
}
