package dev.rolecall.testsupport;

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
import javax.net.ServerSocketFactory;
import javax.net.SocketFactory;

/**
 * A TCP server on a free port of 127.0.0.1. It serves each connection on a thread for that
 * connection. Its close ends all connections and waits for the threads.
 */
public final class LoopbackServer implements AutoCloseable {

  private static final int BACKLOG = 50;

  private final ServerSocket listening;
  private final Handler handler;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** Serves connections. */
  @FunctionalInterface
  public interface Handler {

    /**
     * Serves one connection. May leave it open when it returns. An exception closes it.
     *
     * @param number how many connections came before it
     */
    void serve(Socket connection, int number) throws IOException;
  }

  private LoopbackServer(ServerSocketFactory front, Handler handler) {
    this.handler = handler;
    try {
      this.listening = front.createServerSocket(0, BACKLOG, address());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  /** A server of plain TCP. */
  public static LoopbackServer of(Handler handler) {
    return of(ServerSocketFactory.getDefault(), handler);
  }

  /** A server of the factory's sockets. */
  public static LoopbackServer of(ServerSocketFactory front, Handler handler) {
    return new LoopbackServer(front, handler);
  }

  /** 127.0.0.1. */
  public static InetAddress address() {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The port that it listens on. */
  public int port() {
    return listening.getLocalPort();
  }

  private void accept() {
    try {
      for (int number = 0; ; number++) {
        Socket connection = kept(listening.accept());
        int before = number;
        threads.execute(() -> serve(connection, before));
      }
    } catch (IOException | RejectedExecutionException closed) {
      cut();
    }
  }

  private void serve(Socket connection, int number) {
    try {
      handler.serve(connection, number);
    } catch (IOException | RejectedExecutionException ended) {
      // Either end may go at any time, and the server too.
      forget(connection);
    }
  }

  /** A connection from the server to that port of 127.0.0.1, which ends with the server. */
  public Socket connect(SocketFactory factory, int port) throws IOException {
    return kept(factory.createSocket(address(), port));
  }

  /** Copies bytes each way until either connection ends, then ends both. */
  public void join(Socket one, Socket other) {
    threads.execute(() -> copy(other, one));
    copy(one, other);
  }

  private void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException ended) {
      // Either end may go at any time; both are closed then.
    } finally {
      forget(from);
      forget(to);
    }
  }

  /** Runs a task on a thread of the server. */
  public void execute(Runnable task) {
    threads.execute(task);
  }

  /** Ends every connection. */
  public void cut() {
    open.forEach(LoopbackServer::close);
  }

  private Socket kept(Socket socket) {
    open.add(socket);
    if (listening.isClosed()) {
      // The server may have closed its sockets before this one was there.
      forget(socket);
    }
    return socket;
  }

  private void forget(Socket socket) {
    open.remove(socket);
    close(socket);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // TLS says goodbye to a peer that has gone.
    }
  }

  /** Ends every connection, takes no more, and waits for the threads. */
  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
    threads.shutdown();
    Termination.of("a server of the test", threads::awaitTermination);
  }
}
