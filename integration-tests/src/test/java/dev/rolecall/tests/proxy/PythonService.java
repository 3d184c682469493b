package dev.rolecall.tests.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rolecall.tests.checkout.Checkout;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A service in Python, which has gRPC and PyJWT; a test is skipped where there is none of them. */
final class PythonService implements AutoCloseable {

  private static final String PROPERTY = "rolecall.python-grpc";
  private static final String SCRIPT =
      "integration-tests/src/test/resources/dev/rolecall/tests/proxy/service.py";

  private final Process process;
  private final int port;

  private PythonService(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** The interpreter. Skips the test if there is none. */
  static Path interpreter() {
    Path python = Path.of(System.getProperty(PROPERTY, ""));
    assumeTrue(
        Files.isExecutable(python) && Files.isRegularFile(python),
        "no Python with gRPC: python3 -m venv FOLDER; FOLDER/bin/pip install grpcio==1.85.3"
            + " 'pyjwt[crypto]==2.15.1'; and name FOLDER/bin/python by -D"
            + PROPERTY);
    return python.toAbsolutePath();
  }

  /**
   * Starts one that takes tokens for {@code orders} of the domain {@code prod.example}.
   *
   * @param keys the URL of the keys that verify them
   * @param errors the file for what it says of errors
   */
  static PythonService start(String keys, Path errors) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                interpreter().toString(),
                Checkout.path(SCRIPT).toString(),
                keys,
                "orders",
                "prod.example")
            .redirectError(errors.toFile());
    // All that is asked here is on loopback.
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
    Process process = builder.start();
    String line =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)).readLine();
    if (line == null) {
      process.destroyForcibly();
      throw new AssertionError("the service did not start: " + Files.readString(errors));
    }
    return new PythonService(process, Integer.parseInt(line));
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      var unused = process.waitFor(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
