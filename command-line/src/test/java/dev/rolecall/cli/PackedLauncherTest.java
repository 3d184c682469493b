package dev.rolecall.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.cli.terminal.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packed command's script, in a folder with a space, with a Java that says what it is given.
 */
final class PackedLauncherTest {

  private static final Path SCRIPT = Path.of("..", "distribution/src/main/dist/bin/rolecall");

  @TempDir Path directory;
  private Path home;
  private Path launcher;
  private Path jdk;

  @BeforeEach
  void unpack() throws IOException {
    home = directory.toRealPath().resolve("un packed");
    launcher = script(home.resolve("bin/rolecall"), Files.readString(SCRIPT));
    jdk = java("jdk");
  }

  /** The home of a Java that prints its own folder's name, then its arguments, one a line. */
  private Path java(String name) throws IOException {
    Path java = directory.resolve(name);
    script(java.resolve("bin/java"), "#!/bin/sh\nprintf '%s\\n' " + name + " \"$@\"\n");
    return java;
  }

  private static Path script(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  private List<String> run(int status, Path command, Map<String, String> environment)
      throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command.toString(), "verify", "a b");
    builder.environment().remove("JAVA_HOME");
    builder.environment().putAll(environment);
    Process process = builder.directory(directory.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isEqualTo(status);
    return output.lines().toList();
  }

  private List<String> runWith(Path javaHome) throws Exception {
    return run(0, launcher, Map.of("JAVA_HOME", javaHome.toString()));
  }

  @Test
  void launcher_throughLinks_findsItsJarAndPassesArgumentsOn() throws Exception {
    Path absolute = Files.createSymbolicLink(directory.resolve("rolecall"), launcher);
    Path relative =
        Files.createSymbolicLink(directory.resolve("r"), Path.of("un packed/bin/rolecall"));

    for (Path each : List.of(launcher, absolute, relative)) {
      assertThat(run(0, each, Map.of("JAVA_HOME", jdk.toString())))
          .endsWith("-jar", home.resolve("rolecall.jar").toString(), "verify", "a b");
    }
  }

  @Test
  void launcher_withAJavaPackedBesideIt_takesNoOther() throws Exception {
    script(home.resolve("runtime/bin/java"), "#!/bin/sh\necho packed\n");

    assertThat(runWith(jdk)).containsExactly("packed");
  }

  @Test
  void launcher_optionsForJava_areSplitAtSpacesAndNamesNoFiles() throws Exception {
    assertThat(
            run(
                0,
                launcher,
                Map.of("JAVA_HOME", jdk.toString(), "ROLECALL_JAVA_OPTS", "-Xmx64m -Da=*")))
        .containsSubsequence("jdk", "-Xmx64m", "-Da=*", "-jar");
  }

  @Test
  void launcher_javaHomeWithoutAJava_saysWhatItExpects() throws Exception {
    assertThat(run(ExitStatus.COULD_NOT_TELL, launcher, Map.of("JAVA_HOME", "/no/such")))
        .containsExactly(
            "rolecall: JAVA_HOME: /no/such has no bin/java"
                + " (expected: the folder of a Java 17 or newer)");
  }

  @Test
  void launcher_withoutAnyJava_saysWhatItExpects() throws Exception {
    Path tools = Files.createDirectories(directory.resolve("tools"));
    for (String tool : List.of("dirname", "readlink", "sed")) {
      script(tools.resolve(tool), "#!/bin/sh\nexec " + found(tool) + " \"$@\"\n");
    }

    assertThat(run(ExitStatus.COULD_NOT_TELL, launcher, Map.of("PATH", tools.toString())))
        .singleElement()
        .asString()
        .startsWith("rolecall: no Java found (expected: JAVA_HOME");
  }

  private static Path found(String tool) {
    return List.of(System.getenv("PATH").split(":", -1)).stream()
        .map(folder -> Path.of(folder, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void launcher_olderJava_isNamedWithItsRelease() throws Exception {
    for (String old : List.of("11.0.2", "1.8.0_402")) {
      Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + old + "\"\n");

      assertThat(run(ExitStatus.COULD_NOT_TELL, launcher, Map.of("JAVA_HOME", jdk.toString())))
          .singleElement()
          .asString()
          .contains(" is Java " + old.split("\\.", -1)[0] + " (expected: Java 17 or newer");
    }
  }

  @Test
  void launcher_newerJava_isTaken() throws Exception {
    for (String release : List.of("17", "17.0.15", "25.0.1")) {
      Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + release + "\"\n");

      assertThat(runWith(jdk)).contains("verify");
    }
  }
}
