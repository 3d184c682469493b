package dev.rolecall.benchmarks.grants;

import dev.rolecall.benchmarks.pace.Pause;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of the machine's own programs, in a folder and on a port of its own, with its
 * durable defaults. Root runs it as another user, since the server refuses root.
 */
final class PostgresServer implements AutoCloseable {

  /** How to get what is missing. */
  static final String HOW =
      "no PostgreSQL server programs are found (to measure with it: apt-get install postgresql, or"
          + " JAVA_TOOL_OPTIONS=-Drolecall.postgres=FOLDER with initdb and postgres in it)";

  static final String USER = "rolecall";

  private static final String PASSWORD = "of no use to anybody";
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int MOST_POLLS = 600;

  private final Path programs;
  private final Path folder;
  private final int port;
  private final Process process;

  private PostgresServer(Path programs, Path folder, int port) throws IOException {
    this.programs = programs;
    this.folder = folder;
    this.port = port;
    this.process =
        new ProcessBuilder(
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

  /** The folder of the server's programs, if the machine has them. */
  static Optional<Path> programs() {
    String named = System.getProperty("rolecall.postgres", "");
    return (named.isEmpty() ? installed() : Stream.of(Path.of(named)))
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

  /** Starts one, and waits until it takes connections. */
  static PostgresServer start(Path programs) throws IOException {
    Path folder = Files.createTempDirectory("rolecall-benchmarks-postgres");
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
    // Whatever ends this process must not leave the server behind.
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    server.awaitUp();
    return server;
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

  private void awaitUp() throws IOException {
    for (int polls = 0; !isUp(); polls++) {
      if (polls == MOST_POLLS || !process.isAlive()) {
        throw new IOException("the PostgreSQL server did not start");
      }
      Pause.of(POLL);
    }
  }

  private boolean isUp() throws IOException {
    Process asked =
        new ProcessBuilder(
                programs.resolve("pg_isready").toString(),
                "--quiet",
                "--host=127.0.0.1",
                "--port=" + port,
                "--username=" + USER,
                "--dbname=postgres")
            .directory(new File("/"))
            .start();
    return asked.onExit().join().exitValue() == 0;
  }

  /** The address of its database. */
  String url() {
    return "postgresql://127.0.0.1:" + port + "/postgres";
  }

  Path passwordFile() {
    return folder.resolve("password");
  }

  /** Kills it and deletes its folder. */
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      // Closed twice: by the suite, and when the process ends.
      return;
    }
  }
}
