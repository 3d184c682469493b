package dev.rolecall.tests.endpoints;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;

/** The container engine of this machine, where one answers. */
final class DockerEngine {

  private static final int CONNECT_MILLIS = 2_000;

  /** Held, since a logger that nobody holds forgets its level. */
  private static final List<Logger> LOUD =
      Stream.of("org.testcontainers", "com.github.dockerjava", "tc")
          .map(Logger::getLogger)
          .toList();

  private DockerEngine() {}

  /**
   * Whether one answers. Testcontainers is asked only where something listens: its own search ends
   * in a page of stack traces.
   */
  static boolean answers() {
    return listens() && quietly();
  }

  private static boolean quietly() {
    LOUD.forEach(logger -> logger.setLevel(Level.OFF));
    try {
      return DockerClientFactory.instance().isDockerAvailable();
    } catch (RuntimeException e) {
      // It answers, and cannot run what the test needs: an engine without a network, for example.
      return false;
    }
  }

  private static boolean listens() {
    return Optional.ofNullable(System.getenv("DOCKER_HOST"))
        .map(host -> listens(URI.create(host)))
        .orElseGet(() -> sockets().anyMatch(DockerEngine::listens));
  }

  /** Where Docker, rootless Docker and Docker Desktop put theirs. */
  private static Stream<Path> sockets() {
    return Stream.concat(
        Stream.of(
            Path.of("/var/run/docker.sock"),
            Path.of(System.getProperty("user.home"), ".docker", "run", "docker.sock")),
        Stream.ofNullable(System.getenv("XDG_RUNTIME_DIR"))
            .map(folder -> Path.of(folder, "docker.sock")));
  }

  private static boolean listens(URI host) {
    if ("unix".equals(host.getScheme())) {
      return listens(Path.of(host.getPath()));
    }
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host.getHost(), host.getPort()), CONNECT_MILLIS);
      return true;
    } catch (IOException | IllegalArgumentException e) {
      // Nothing there, or nothing that can be connected to.
      return false;
    }
  }

  private static boolean listens(Path socket) {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      return channel.isConnected();
    } catch (IOException e) {
      // No such socket, or nobody behind it.
      return false;
    }
  }
}
