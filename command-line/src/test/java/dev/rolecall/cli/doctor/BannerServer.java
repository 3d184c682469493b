package dev.rolecall.cli.doctor;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A server of another protocol: it greets whoever connects, or says nothing at all. */
public final class BannerServer implements AutoCloseable {

  private final ServerSocket server;
  private final String banner;
  private final Queue<Socket> clients = new ConcurrentLinkedQueue<>();

  /** Greets with that text; an empty one is silence. */
  public BannerServer(String banner) throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    this.banner = banner;
    Thread serving = new Thread(this::serve, "banner");
    serving.setDaemon(true);
    serving.start();
  }

  public String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        clients.add(client);
        client.getOutputStream().write(banner.getBytes(US_ASCII));
        client.getOutputStream().flush();
      } catch (IOException e) {
        // Closed, or a client that went away: the next one is greeted.
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket client : clients) {
      client.close();
    }
  }
}
