package dev.rolecall.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script {@code rolecall}, in a checkout of its own, with a Java that says what it is given.
 */
final class LauncherTest {

  @TempDir Path directory;
  private Path checkout;

  @BeforeEach
  void copy() throws IOException {
    checkout = Files.createDirectories(directory.toRealPath().resolve("checkout"));
    script(checkout.resolve("rolecall"), Files.readString(Path.of("..", "rolecall")));
    Path jar = checkout.resolve("command-line/target/rolecall.jar");
    Files.createDirectories(jar.getParent());
    Files.writeString(jar, "");
    script(
        Files.createDirectories(directory.resolve("jdk/bin")).resolve("java"),
        "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private List<String> run(Path launcher) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(launcher.toString(), "verify", "a b");
    builder.environment().put("JAVA_HOME", directory.resolve("jdk").toString());
    Process process = builder.redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
  }

  @Test
  void launcher_throughLinks_findsItsCheckoutAndPassesArgumentsOn() throws IOException {
    Path bin = Files.createDirectories(directory.resolve("bin"));
    Path absolute = Files.createSymbolicLink(bin.resolve("rolecall"), checkout.resolve("rolecall"));
    Path relative = Files.createSymbolicLink(directory.resolve("r"), Path.of("bin/rolecall"));

    for (Path each : List.of(checkout.resolve("rolecall"), absolute, relative)) {
      assertThat(run(each))
          .endsWith(
              "-jar",
              checkout.resolve("command-line/target/rolecall.jar").toString(),
              "verify",
              "a b");
    }
  }

  /** JDKs from 24 on warn of what Netty does; those before do not know the switch. */
  @Test
  void launcher_onAnyJdk_allowsWhatNettyDoesWithoutAWarning() throws IOException {
    assertThat(run(checkout.resolve("rolecall")))
        .startsWith("-XX:+IgnoreUnrecognizedVMOptions", "--sun-misc-unsafe-memory-access=allow");
  }
}
