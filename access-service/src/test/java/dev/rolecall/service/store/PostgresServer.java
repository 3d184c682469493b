package dev.rolecall.service.store;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A PostgreSQL server of the machine's own programs, in a folder and on a port of its own, with its
 * durable defaults. One serves all tests of a JVM, each with a database of its own. Root runs it as
 * another user, since the server refuses root.
 */
final class PostgresServer {

  private static final String HOW =
      "no PostgreSQL server programs found, so this test is skipped (to run it: apt-get install"
          + " postgresql, or -Drolecall.postgres=FOLDER with initdb and postgres in it)";
  private static final String USER = "rolecall";
  private static final String PASSWORD = "a password with 'quotes' and spaces";
  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static Optional<PostgresServer> shared = Optional.empty();

  private final Path programs;
  private final Path folder;
  private final int port;
  private Process process;

  private PostgresServer(Path programs, Path folder, int port) throws IOException {
    this.programs = programs;
    this.folder = folder;
    this.port = port;
    this.process = start();
  }

  /** The one of this JVM. Skips the test where the programs are missing. */
  static synchronized PostgresServer shared() {
    Optional<Path> programs = programs();
    assumeTrue(programs.isPresent(), HOW);
    if (shared.isEmpty()) {
      shared = Optional.of(make(programs.get()));
    }
    return shared.get();
  }

  /** One for a test that breaks it. */
  static PostgresServer own() {
    Optional<Path> programs = programs();
    assumeTrue(programs.isPresent(), HOW);
    return make(programs.get());
  }

  private static Optional<Path> programs() {
    String named = System.getProperty("rolecall.postgres", "");
    Stream<Path> folders =
        named.isEmpty() ? Stream.concat(installed(), onPath()) : Stream.of(Path.of(named));
    return folders
        .filter(each -> Files.isExecutable(each.resolve("postgres")))
        .filter(each -> Files.isExecutable(each.resolve("initdb")))
        .findFirst();
  }

  private static Stream<Path> installed() {
    File[] versions = new File("/usr/lib/postgresql").listFiles();
    return versions == null
        ? Stream.empty()
        : Arrays.stream(versions)
            .sorted(Comparator.comparing(File::getName).reversed())
            .map(version -> version.toPath().resolve("bin"));
  }

  private static Stream<Path> onPath() {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .filter(each -> !each.isEmpty())
        .map(Path::of);
  }

  private static PostgresServer make(Path programs) {
    try {
      Path folder = Files.createTempDirectory("rolecall-postgres-");
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      Path password = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
      if (isRoot()) {
        own(folder);
        own(password);
      }
      run(
          as(
              programs.resolve("initdb").toString(),
              "--pgdata=" + folder.resolve("data"),
              "--username=" + USER,
              "--pwfile=" + password,
              "--auth=scram-sha-256",
              "--encoding=UTF8",
              "--locale=C",
              "--no-sync"));
      PostgresServer server = new PostgresServer(programs, folder, freePort());
      Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
      server.awaitUp();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static void own(Path file) throws IOException {
    Files.setOwner(
        file, file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
  }

  private static List<String> as(String... command) {
    List<String> line = new ArrayList<>();
    if (isRoot()) {
      line.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
    }
    line.addAll(List.of(command));
    return line;
  }

  private static void run(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).directory(new File("/")).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException(command.get(0) + " failed: " + output);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            as(
                programs.resolve("postgres").toString(),
                "-D",
                folder.resolve("data").toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "shared_buffers=32MB",
                "-c",
                "max_connections=90"))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .directory(new File("/"))
        .start();
  }

  private void awaitUp() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              try (Connection connection = connect("postgres")) {
                return connection.isValid(2);
              } catch (SQLException e) {
                return false;
              }
            });
  }

  /** The URL of a new, empty database, without a user. */
  String newDatabase() {
    String name = "t" + DATABASES.incrementAndGet();
    execute("postgres", "create database " + name);
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + name;
  }

  String user() {
    return USER;
  }

  Path passwordFile() {
    return folder.resolve("password");
  }

  Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/" + database, USER, PASSWORD);
  }

  void execute(String database, String sql) {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** Kills the server, as a loss of power would, and starts it again. */
  void crashAndRestart() {
    kill();
    startAgain();
  }

  void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().orTimeout(20, TimeUnit.SECONDS).join();
  }

  void startAgain() {
    try {
      Files.deleteIfExists(folder.resolve("data/postmaster.pid"));
      process = start();
      awaitUp();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void stop() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
