package dev.rolecall.stsemulator.network;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A TCP connection that a {@link FaultyConnection} relays. Requests pass unchanged, on one thread.
 * Answers get the fault that was set when their request arrived, on another thread. There is no
 * pipelining: bytes from the client begin a new answer.
 */
final class RelayedConnection {

  private static final Logger LOGGER = System.getLogger(RelayedConnection.class.getName());
  private static final int CHUNK = 8 * 1024;

  /** A limited answer goes in that many pieces a second. */
  private static final int PIECES = 50;

  private final Socket client;
  private final Socket server;
  private final Supplier<NetworkFault> faults;
  private final CountDownLatch closing;
  private volatile Turn turn = new Turn(NetworkFault.NONE);

  /** The answer to one request; only the answers' thread changes it. */
  private static final class Turn {

    private final NetworkFault fault;
    private int through;

    Turn(NetworkFault fault) {
      this.fault = fault;
    }
  }

  RelayedConnection(
      Socket client, Socket server, Supplier<NetworkFault> faults, CountDownLatch closing) {
    this.client = client;
    this.server = server;
    this.faults = faults;
    this.closing = closing;
  }

  /** Returns when the connection is over. */
  void carryRequests() {
    byte[] chunk = new byte[CHUNK];
    try {
      InputStream in = client.getInputStream();
      OutputStream out = server.getOutputStream();
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        turn = new Turn(faults.get());
        out.write(chunk, 0, read);
      }
      close();
    } catch (IOException ended) {
      over(ended);
    }
  }

  /** Returns when nothing more is to get through. */
  void carryAnswers() {
    byte[] chunk = new byte[CHUNK];
    try {
      InputStream in = server.getInputStream();
      OutputStream out = client.getOutputStream();
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        if (!carry(chunk, read, turn, out)) {
          return;
        }
      }
      close();
    } catch (IOException ended) {
      over(ended);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      close();
    }
  }

  /** Whether there may be more. */
  private boolean carry(byte[] chunk, int length, Turn answer, OutputStream out)
      throws IOException, InterruptedException {
    NetworkFault fault = answer.fault;
    if (answer.through == 0) {
      pause(fault.beforeFirstByte());
    }
    int allowed = Math.min(length, fault.bytesThrough() - answer.through);
    int piece = Math.max(1, fault.bytesPerSecond() / PIECES);
    for (int from = 0; from < allowed; from += piece) {
      int next = Math.min(piece, allowed - from);
      out.write(chunk, from, next);
      answer.through += next;
      if (fault.bytesPerSecond() < Integer.MAX_VALUE) {
        pause(Duration.ofSeconds(1).multipliedBy(next).dividedBy(fault.bytesPerSecond()));
      }
    }
    return allowed == length || end(fault.ending());
  }

  private boolean end(NetworkFault.Ending ending) throws IOException {
    switch (ending) {
      case NONE -> {
        return true;
      }
      case CLOSED -> close();
      case RESET -> {
        // Linger on, for no time: close sends RST in place of FIN.
        client.setSoLinger(true, 0);
        close();
      }
      case STALLED -> {}
    }
    return false;
  }

  private void pause(Duration time) throws InterruptedException, IOException {
    if (!time.isZero() && closing.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new IOException("the line closes");
    }
  }

  private void over(IOException ended) {
    LOGGER.log(Level.DEBUG, "a connection has ended", ended);
    close();
  }

  void close() {
    close(client);
    close(server);
  }

  static void close(Closeable resource) {
    try {
      resource.close();
    } catch (IOException e) {
      LOGGER.log(Level.DEBUG, "of no more use either way", e);
    }
  }
}
