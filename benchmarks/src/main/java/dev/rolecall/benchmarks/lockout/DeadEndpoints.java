package dev.rolecall.benchmarks.lockout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * STS endpoints that cannot be had: most accept connections and never answer, and some are as black
 * holes, whose queue of connections is full, so that not even a connection comes about.
 */
final class DeadEndpoints implements AutoCloseable {

  private static final int SILENT = 24;
  private static final int BLACK_HOLES = 8;
  private static final int FILLING = 3;

  private final List<ServerSocket> sockets = new ArrayList<>();
  private final Queue<Socket> accepted = new ConcurrentLinkedQueue<>();
  private final List<SocketChannel> filling = new ArrayList<>();

  DeadEndpoints() throws IOException {
    for (int i = 0; i < SILENT; i++) {
      ServerSocket socket = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
      sockets.add(socket);
      Thread thread = new Thread(() -> hold(socket), "silent-endpoint");
      thread.setDaemon(true);
      thread.start();
    }
    for (int i = 0; i < BLACK_HOLES; i++) {
      ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      sockets.add(socket);
      for (int j = 0; j < FILLING; j++) {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.connect(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort()));
        filling.add(channel);
      }
    }
  }

  private void hold(ServerSocket socket) {
    try {
      while (true) {
        accepted.add(socket.accept());
      }
    } catch (IOException e) {
      // It was closed.
      return;
    }
  }

  /** Where they are. */
  List<URI> all() {
    return sockets.stream()
        .map(socket -> URI.create("http://127.0.0.1:" + socket.getLocalPort()))
        .toList();
  }

  /** How many connections they have got. */
  int connections() {
    return accepted.size();
  }

  @Override
  public void close() throws IOException {
    for (ServerSocket socket : sockets) {
      socket.close();
    }
    for (Socket socket : accepted) {
      socket.close();
    }
    for (SocketChannel channel : filling) {
      channel.close();
    }
  }
}
