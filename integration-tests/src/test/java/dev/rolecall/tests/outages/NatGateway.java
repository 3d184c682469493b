package dev.rolecall.tests.outages;

import dev.rolecall.testsupport.LoopbackServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;

/**
 * A relay to a port that can forget its connections, as a NAT gateway does after a time: neither
 * end is told. Bytes sent on them later get a reset, or no answer at all.
 */
final class NatGateway implements AutoCloseable {

  /** The answer to bytes on a connection that is forgotten. */
  enum Manner {
    RESET,
    SILENCE
  }

  private final LoopbackServer front;
  private final int server;
  private final Manner manner;
  private final Set<Pair> known = ConcurrentHashMap.newKeySet();

  /** The two ends of one connection; a key by identity. */
  private static final class Pair {}

  NatGateway(int server, Manner manner) {
    this.server = server;
    this.manner = manner;
    this.front = LoopbackServer.of((client, number) -> relay(client));
  }

  int port() {
    return front.port();
  }

  /** Forgets every connection there is; returns how many. */
  int forget() {
    int forgotten = known.size();
    known.clear();
    return forgotten;
  }

  private void relay(Socket client) throws IOException {
    Socket onward = front.connect(SocketFactory.getDefault(), server);
    Pair pair = new Pair();
    known.add(pair);
    front.execute(() -> copy(pair, onward, client));
    copy(pair, client, onward);
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
  public void close() {
    front.close();
  }
}
