package dev.rolecall.tests.access.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rolecall.cli.Rolecall;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code rolecall access serve} as a newcomer has it: no root, no database, an empty home, no
 * environment, and nothing but a file of rules. Only the profile {@code access-faults} runs it.
 */
final class FreshMachineRun {

  private static final String USER = "nobody";
  private static final boolean IS_ROOT = System.getProperty("user.name").equals("root");

  @TempDir Path folder;
  private Path home;
  private Path work;

  @BeforeEach
  void prepare() throws IOException {
    assumeTrue(
        !IS_ROOT || Files.isExecutable(Path.of("/usr/bin/setpriv")),
        "root, and no setpriv to be another user with (to run it: apt-get install util-linux)");
    open(folder);
    home = own(Files.createDirectory(folder.resolve("home")));
    work = own(Files.createDirectory(folder.resolve("work")));
  }

  private static void open(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Path own(Path file) throws IOException {
    if (IS_ROOT) {
      Files.setOwner(
          file, file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER));
    }
    return file;
  }

  private Process serve(String rules) throws IOException {
    own(Files.writeString(work.resolve("rules.yaml"), rules));
    List<String> command = new ArrayList<>();
    if (IS_ROOT) {
      command.addAll(List.of("setpriv", "--reuid=" + USER, "--regid=nogroup", "--clear-groups"));
    }
    command.addAll(List.of("env", "-i", "HOME=" + home, "PATH=/usr/bin:/bin"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", classPath()));
    command.add(Rolecall.class.getName());
    command.addAll(List.of("access", "serve", "--port", "0", "--rules", "rules.yaml"));
    return new ProcessBuilder(command).directory(work.toFile()).start();
  }

  /** A copy, which the other user may read: the repository of root's Maven is root's alone. */
  private String classPath() throws IOException {
    Path copies = Files.createDirectories(folder.resolve("lib"));
    open(copies);
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path copy = copies.resolve(Integer.toString(entries.size()));
      if (Files.exists(Path.of(entry))) {
        copy(Path.of(entry), copy);
      }
      entries.add(copy.toString());
    }
    return String.join(File.pathSeparator, entries);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        Files.copy(file, copy);
        open(copy);
      }
    }
  }

  @Test
  void serve_asAUserWithNothingButRules_servesAndKeepsDataForItselfAlone() throws Exception {
    Process process = serve(Staff.rules());
    try (BufferedReader out = process.inputReader(UTF_8)) {
      String first = out.readLine();

      assertThat(first).startsWith("serving access on 127.0.0.1:");
      int port = Integer.parseInt(first.substring(first.lastIndexOf(':') + 1));
      new Socket(InetAddress.getLoopbackAddress(), port).close();
      if (IS_ROOT) {
        assertThat(process.info().user()).contains(USER);
      }
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data())))
          .isEqualTo("rwx------");
      assertThat(home).isEmptyDirectory();
      process.destroy();
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).isEqualTo(143);
    } finally {
      process.destroyForcibly();
    }
  }

  private Path data() {
    return work.resolve("access-data");
  }

  @Test
  void serve_ofRulesWithMistakes_exitsWith2AndSaysWhereAndWhatWouldBeRight() throws Exception {
    Process process =
        serve(Staff.rules().replace("max_duration: 4h", "max_duraton: 4h\n    quorum: none"));
    try (BufferedReader errors = process.errorReader(UTF_8)) {
      String said = String.join("\n", errors.lines().toList());

      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).isEqualTo(2);
      assertThat(said).contains("rules.yaml:10:5: ", "max_duraton", "max_duration");
      assertThat(said).contains("rules.yaml:11:", "quorum", "(expected: ");
      assertThat(data()).doesNotExist();
    } finally {
      process.destroyForcibly();
    }
  }
}
