package dev.rolecall.tests.architecture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.tests.secrets.OutputKind;
import dev.rolecall.tests.secrets.RunRecord;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The published modules run as modules too. The other tests have them on the class path, as most
 * users do; gRPC, protobuf and the AWS SDK are automatic modules, which nothing but a run tells to
 * be free of split packages.
 */
class ModulePathTest {

  @TempDir private Path directory;

  @Test
  void moduleGraph_isValid() throws Exception {
    assertThat(run("--validate-modules")).doesNotContain("conflicts with").doesNotContain("error:");
  }

  @Test
  void modules_verifyAProofTogether() throws Exception {
    String modules =
        Room.modules().stream().map(Room::moduleName).collect(Collectors.joining(","))
            // The AWS SDK logs to it, and its modules, being automatic, cannot say so.
            + ",org.slf4j";
    String output =
        run(
            "--add-modules",
            modules,
            "-XX:TieredStopAtLevel=1",
            "--class-path",
            testClasses().toString(),
            ModulePathProbe.class.getName());

    assertThat(output.lines())
        .contains(
            "caller arn:aws:iam::111122223333:role/checkout",
            "modules dev.rolecall.identity dev.rolecall.client dev.rolecall.policy"
                + " dev.rolecall.stsemulator dev.rolecall.guard dev.rolecall.access"
                + " dev.rolecall.verifier");
  }

  private static Path testClasses() throws Exception {
    return Path.of(
        ModulePathProbe.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private String run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--module-path");
    command.add(
        PublishedModules.path().stream()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator)));
    command.addAll(List.of(arguments));
    Path output = directory.resolve("output");
    Process java =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(java.waitFor(3, TimeUnit.MINUTES)).as("java ended in time").isTrue();
    } finally {
      java.destroyForcibly();
    }
    String text = Files.readString(output, UTF_8);
    RunRecord.ofThisRun().add(OutputKind.PROCESS, "java --module-path", text);
    assertThat(java.exitValue()).as(text).isZero();
    return text;
  }
}
