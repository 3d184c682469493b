package dev.rolecall.tests.outages;

import dev.rolecall.testsupport.Termination;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * Passes connections on to a port, and can forget those it has, as a NAT gateway does after a time:
 * neither end hears of it. What is sent on them later is answered by a reset, or not at all.
 */
final class NatGateway implements AutoCloseable {

  /** The answer to bytes on a connection that is forgotten. */
  enum Manner {
    RESET,
    SILENCE
  }

  private final ServerSocket listening;
  private final int server;
  private final Manner manner;
  private final Set<Pair> known = ConcurrentHashMap.newKeySet();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** The two ends of one connection; a key by identity. */
  private static final class Pair {}

  NatGateway(int server, Manner manner) {
    this.server = server;
    this.manner = manner;
    try {
      this.listening = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** Forgets every connection there is; returns how many. */
  int forget() {
    int forgotten = known.size();
    known.clear();
    return forgotten;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        open.add(client);
        Socket onward = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), server);
        open.add(onward);
        Pair pair = new Pair();
        known.add(pair);
        threads.execute(() -> copy(pair, client, onward));
        threads.execute(() -> copy(pair, onward, client));
      }
    } catch (IOException | RejectedExecutionException e) {
      // Closed with the test.
    }
  }

  private void copy(Pair pair, Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] some = new byte[8_192];
      for (int n = in.read(some); n >= 0; n = in.read(some)) {
        if (known.contains(pair)) {
          out.write(some, 0, n);
        } else if (manner == Manner.RESET) {
          from.setSoLinger(true, 0);
          from.close();
          return;
        }
      }
      if (known.contains(pair)) {
        to.close();
      }
    } catch (IOException e) {
      // Closed by one of the ends.
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : open) {
      socket.close();
    }
    threads.shutdown();
    Termination.of("the NAT gateway", threads::awaitTermination);
  }
}
