package dev.rolecall.tests.docs;

import dev.rolecall.testsupport.LoopbackServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.SocketFactory;
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
  private final LoopbackServer front;
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();

  StsProxy(URI emulator, SSLContext tls) {
    this.emulator = emulator;
    this.tls = tls;
    this.front = LoopbackServer.of((client, number) -> serve(client));
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
                Proxy.Type.HTTP, new InetSocketAddress(LoopbackServer.address(), front.port())))
        : List.of(Proxy.NO_PROXY);
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {}

  private void serve(Socket client) throws IOException {
    asked.add(head(client.getInputStream()).lines().findFirst().orElse(""));
    client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    SSLSocket inner = (SSLSocket) tls.getSocketFactory().createSocket(client, null, 0, true);
    inner.setUseClientMode(false);
    front.join(inner, front.connect(SocketFactory.getDefault(), emulator.getPort()));
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

  @Override
  public void close() {
    front.close();
  }
}
