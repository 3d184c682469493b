package dev.rolecall.testsupport;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of the machine's own programs, in a folder and on a port of its own, with its
 * durable defaults. Root runs it as another user, since the server refuses root. It ends with this
 * process. The module that uses it brings the driver.
 */
public final class LocalPostgres implements AutoCloseable {

  /** The way to get the programs that are missing. */
  public static final String HOW_TO_GET =
      "apt-get install postgresql, or -Drolecall.postgres=FOLDER with initdb and postgres in it";

  /** The user of the databases. */
  public static final String USER = "rolecall";

  private static final String PASSWORD = "a password with 'quotes' and spaces";
  private static final long LONGEST_START_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long POLL_MILLIS = 50;
  private static final long LONGEST_END_MILLIS = 60_000;

  private final Path programs;
  private final Path folder;
  private final int port;
  private Process process;

  private LocalPostgres(Path programs, Path folder, int port) throws IOException {
    this.programs = programs;
    this.folder = folder;
    this.port = port;
    this.process = begin();
  }

  /** The folder of the server's programs, if the machine has them. */
  public static Optional<Path> programs() {
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

  /** Starts one by those programs, and waits until it takes connections: a minute at most. */
  public static LocalPostgres start(Path programs) throws IOException {
    Path folder = Files.createTempDirectory("rolecall-postgres-");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    Path password = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
    if (isRoot()) {
      giveAway(folder);
      giveAway(password);
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
    LocalPostgres server = new LocalPostgres(programs, folder, ClosedPort.any());
    // Whatever ends this process must not leave the server behind.
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    if (!server.comesUp(System.nanoTime())) {
      throw new IOException("the PostgreSQL server ended at once");
    }
    return server;
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static void giveAway(Path file) throws IOException {
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
    if (!hasEnded(process, LONGEST_END_MILLIS) || process.exitValue() != 0) {
      throw new IOException(command.get(0) + " failed: " + output);
    }
  }

  private Process begin() throws IOException {
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
                "shared_buffers=32MB"))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .directory(new File("/"))
        .start();
  }

  /** Waits; false if it ended instead. */
  private boolean comesUp(long begun) throws IOException {
    while (!isUp()) {
      if (System.nanoTime() - begun > LONGEST_START_NANOS) {
        throw new IOException("the PostgreSQL server did not start");
      }
      if (hasEnded(process, POLL_MILLIS)) {
        return false;
      }
    }
    return true;
  }

  private boolean isUp() {
    try (Connection connection = connect("postgres")) {
      return connection.isValid(2);
    } catch (SQLException e) {
      return false;
    }
  }

  /** Waits for its end on this thread; {@code onExit} would need one of the common pool. */
  private static boolean hasEnded(Process process, long patienceMillis) {
    try {
      return process.waitFor(patienceMillis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** The port of 127.0.0.1 that it listens on. */
  public int port() {
    return port;
  }

  /** The URL of a database as JDBC writes it, without a user. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /** The file that holds the user's password. */
  public Path passwordFile() {
    return folder.resolve("password");
  }

  /** A connection to a database. The caller closes it. */
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(jdbcUrl(database), USER, PASSWORD);
  }

  /** Kills the server, as a loss of power would. */
  public void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    if (!hasEnded(process.destroyForcibly(), LONGEST_END_MILLIS)) {
      throw new IllegalStateException("the PostgreSQL server did not end");
    }
  }

  /** Stops the server at once and in order, as an administrator does: its connections end. */
  public void stop() throws IOException {
    run(
        as(
            programs.resolve("pg_ctl").toString(),
            "stop",
            "--pgdata=" + folder.resolve("data"),
            "--mode=fast"));
  }

  /** Starts it again after a kill or a stop, and waits as {@link #start} does. */
  public void startAgain() throws IOException {
    long begun = System.nanoTime();
    do {
      Files.deleteIfExists(folder.resolve("data/postmaster.pid"));
      process = begin();
      // It ends at once while another process has its port, or what is left of the last server.
    } while (!comesUp(begun));
  }

  /** Kills it and deletes its folder. A second call does nothing more. */
  @Override
  public void close() {
    kill();
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
