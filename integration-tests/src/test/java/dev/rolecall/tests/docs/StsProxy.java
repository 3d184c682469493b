package dev.rolecall.tests.docs;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * An HTTP proxy through which STS's own host names lead to an emulator: {@code CONNECT
 * sts.eu-west-1.amazonaws.com:443}, then TLS under that name. So code that names no endpoint, as
 * the README's does, runs unchanged and offline.
 */
final class StsProxy extends ProxySelector implements AutoCloseable {

  private final URI emulator;
  private final SSLContext tls;
  private final ServerSocket listener;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();

  StsProxy(URI emulator, SSLContext tls) throws IOException {
    this.emulator = emulator;
    this.tls = tls;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  /** The first line of each request, in order. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  @Override
  public List<Proxy> select(URI uri) {
    return uri.getHost().endsWith(".amazonaws.com")
        ? List.of(
            new Proxy(
                Proxy.Type.HTTP,
                new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort())))
        : List.of(Proxy.NO_PROXY);
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {}

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        open.add(client);
        threads.execute(() -> serve(client));
      }
    } catch (IOException e) {
      // Closed: there is no more to accept.
    }
  }

  private void serve(Socket client) {
    try {
      asked.add(head(client.getInputStream()).lines().findFirst().orElse(""));
      client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      SSLSocket inner = (SSLSocket) tls.getSocketFactory().createSocket(client, null, 0, true);
      inner.setUseClientMode(false);
      Socket sts = new Socket(emulator.getHost(), emulator.getPort());
      open.add(sts);
      threads.execute(() -> pump(sts, inner));
      pump(inner, sts);
    } catch (IOException e) {
      close(client);
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("ended early");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static void pump(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // Either end has closed; so does the other, below.
    }
    close(from);
    close(to);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no more use either way.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    open.forEach(StsProxy::close);
    threads.shutdown();
  }
}
