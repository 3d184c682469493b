package dev.rolecall.tests.endpoints;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rolecall.testsupport.Termination;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A running LocalStack that serves STS alone, in a folder of its own. */
final class LocalStackProcess implements AutoCloseable {

  /** The interpreter of the virtual environment. */
  private static final String PYTHON = "rolecall.localstack.python";

  static final String HOW_TO_GET_IT =
      "LocalStack is not installed: see install_localstack in .ci/run, and name the environment's"
          + " bin/python by -D"
          + PYTHON;

  private static final int MINUTES_TO_START = 5;
  private static final int LINES_KEPT = 40;

  private final Process process;
  private final URI endpoint;
  private final Path folder;

  private LocalStackProcess(Process process, URI endpoint, Path folder) {
    this.process = process;
    this.endpoint = endpoint;
    this.folder = folder;
  }

  /** Starts one on a free port; empty where no environment is named. One that ends is a failure. */
  static Optional<LocalStackProcess> start() {
    String python = System.getProperty(PYTHON, "");
    if (python.isEmpty()) {
      return Optional.empty();
    }
    try {
      Path folder = Files.createTempDirectory("localstack");
      String address = "127.0.0.1:" + freePort();
      Process process = builder(python, folder, address).start();
      LocalStackProcess started =
          new LocalStackProcess(process, URI.create("http://" + address), folder);
      started.awaitReadiness();
      return Optional.of(started);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static ProcessBuilder builder(String python, Path folder, String address) {
    ProcessBuilder builder =
        new ProcessBuilder(List.of(python, "-m", "localstack.runtime.main"))
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder
        .environment()
        .keySet()
        .removeIf(
            name -> name.startsWith("AWS_") || name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
    builder
        .environment()
        .putAll(
            Map.of(
                "GATEWAY_LISTEN", address,
                "SERVICES", "sts",
                "EAGER_SERVICE_LOADING", "0",
                "DISABLE_EVENTS", "1",
                "SKIP_SSL_CERT_DOWNLOAD", "1",
                "DNS_ADDRESS", "0",
                "FILESYSTEM_ROOT", folder.toString(),
                "LOCALSTACK_VOLUME_DIR", folder.toString()));
    return builder;
  }

  private void awaitReadiness() {
    CompletableFuture<Void> ready = new CompletableFuture<>();
    Thread reader = new Thread(() -> readInto(ready), "localstack-output");
    reader.setDaemon(true);
    reader.start();
    try {
      ready.get(MINUTES_TO_START, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw new AssertionError("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      close();
      throw new AssertionError("LocalStack did not get ready", e);
    }
  }

  /** To the end, or a full pipe would hold it up. */
  private void readInto(CompletableFuture<Void> ready) {
    Deque<String> last = new ArrayDeque<>();
    new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))
        .lines()
        .forEach(
            line -> {
              last.addLast(line);
              if (last.size() > LINES_KEPT) {
                last.removeFirst();
              }
              if (line.strip().equals("Ready.")) {
                ready.complete(null);
              }
            });
    ready.completeExceptionally(new IllegalStateException(String.join("\n", last)));
  }

  URI endpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    Termination.of(process);
    delete();
  }

  private void delete() {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(one);
      }
    } catch (IOException | UncheckedIOException e) {
      // It is in the temporary folder, and the process may still write there.
    }
  }
}
