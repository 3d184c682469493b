package dev.rolecall.tests.binding;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rolecall.testsupport.Termination;
import dev.rolecall.testsupport.TestCertificate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** A running nginx that ends TLS in front of one server, and speaks TLS of its own with it. */
final class Nginx implements AutoCloseable {

  static final String HOW_TO_GET_IT =
      "nginx is not installed; on Debian: apt-get install nginx-light";

  /** Debian's place is on root's path alone. */
  private static final String[] COMMANDS = {"nginx", "/usr/sbin/nginx"};

  /** What it says once it listens. */
  private static final String LISTENING = "event method";

  /** TLS 1.3 by name, since it is not this nginx's default; all it writes is in its own folder. */
  private static final String SETTINGS =
      """
      daemon off;
      master_process off;
      pid nginx.pid;
      error_log stderr notice;
      events {}
      http {
        access_log off;
        client_body_temp_path body;
        proxy_temp_path proxy;
        fastcgi_temp_path fastcgi;
        uwsgi_temp_path uwsgi;
        scgi_temp_path scgi;
        server {
          listen 127.0.0.1:%d ssl http2 reuseport;
          ssl_certificate certificate.pem;
          ssl_certificate_key key.pem;
          ssl_protocols TLSv1.3;
          location / {
            grpc_ssl_protocols TLSv1.3;
            grpc_pass grpcs://127.0.0.1:%d;
          }
        }
      }
      """;

  private final Socket port;
  private final Process process;

  private Nginx(Socket port, Process process) {
    this.port = port;
    this.process = process;
  }

  /**
   * Starts one on a free port; empty where it is not installed.
   *
   * @param folder where it writes, and nowhere else
   * @param certificate what it shows
   * @param server the port it leads to
   */
  static Optional<Nginx> start(Path folder, TestCertificate certificate, int server) {
    try {
      certificate.writePem(folder.resolve("certificate.pem"), folder.resolve("key.pem"));
      Socket port = freePort();
      Path settings = folder.resolve("nginx.conf");
      Files.writeString(settings, SETTINGS.formatted(port.getLocalPort(), server));
      Optional<Nginx> nginx =
          Stream.of(COMMANDS)
              .flatMap(command -> started(command, settings).stream())
              .findFirst()
              .map(process -> new Nginx(port, process));
      if (nginx.isPresent()) {
        nginx.get().awaitListening();
      } else {
        port.close();
      }
      return nginx;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bound here, and so given to nobody else, but to a program that is told to share it. */
  private static Socket freePort() throws IOException {
    Socket port = new Socket();
    port.setOption(StandardSocketOptions.SO_REUSEPORT, true);
    port.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    return port;
  }

  private static Optional<Process> started(String command, Path settings) {
    String folder = String.valueOf(settings.getParent());
    try {
      return Optional.of(
          new ProcessBuilder(command, "-e", "stderr", "-p", folder, "-c", settings.toString())
              .redirectErrorStream(true)
              .start());
    } catch (IOException e) {
      // There is no such program.
      return Optional.empty();
    }
  }

  private void awaitListening() {
    BufferedReader said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    StringBuilder all = new StringBuilder();
    boolean listening =
        said.lines()
            .peek(line -> all.append(line).append('\n'))
            .anyMatch(line -> line.contains(LISTENING));
    if (!listening) {
      throw new IllegalStateException("nginx ended at once:\n" + all);
    }
  }

  int port() {
    return port.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    Termination.of(process);
    port.close();
  }
}
