package dev.rolecall.tests.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.tests.checkout.Checkout;
import dev.rolecall.tests.secrets.OutputKind;
import dev.rolecall.tests.secrets.RunRecord;
import dev.rolecall.testsupport.Termination;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The settings of docs/logging.md in processes of their own, with the real Logback and the JDK. */
class LoggingSettingsTest {

  private static final String SAMPLES = "docs/samples/";
  private static final Pattern BINDING = Pattern.compile(".*slf4j-jdk14.*|.*command-line.target.*");

  @TempDir Path folder;

  @Test
  void logback_hasTheRecordsInAFileAlone_andTheRestOnTheConsole() throws Exception {
    String console =
        run(
            Stream.concat(ownClassPath(), logback()),
            "-Dlogback.configurationFile=" + Checkout.path(SAMPLES + "logback.xml"),
            "-Djava.util.logging.config.file="
                + Checkout.path(SAMPLES + "jul-to-slf4j.properties"));

    assertThat(console.lines())
        .anyMatch(line -> line.contains(" INFO  ") && line.contains(" rolecall.policy - policy "))
        .anyMatch(line -> line.contains(" rolecall.access - refused a call: CREDENTIAL_MISSING"))
        .anyMatch(line -> line.contains(" DEBUG ") && line.contains(" rolecall.sts - "))
        .anyMatch(line -> line.endsWith(" io.grpc.Probe - " + LoggingProbe.AS_GRPC))
        .noneMatch(line -> line.contains("class_uid"))
        .noneMatch(line -> line.startsWith("SLF4J") || line.contains("WARN"));
    List<String> records = Files.readAllLines(folder.resolve("audit.jsonl"));
    assertThat(records).hasSize(1);
    assertThat(json(records.get(0)))
        .containsEntry("status_code", "CREDENTIAL_MISSING")
        .containsEntry("class_uid", 3002);
  }

  @Test
  void jdk_hasLevelsByLogger() throws Exception {
    String console =
        run(
            ownClassPath(),
            "-Djava.util.logging.config.file=" + Checkout.path(SAMPLES + "logging.properties"));

    assertThat(console.lines())
        .anyMatch(line -> line.contains(" INFO rolecall.policy policy "))
        .anyMatch(line -> line.contains(" rolecall.access refused a call: CREDENTIAL_MISSING"))
        .anyMatch(line -> line.contains(" FINE rolecall.sts "))
        .noneMatch(line -> line.contains("class_uid"));
  }

  @Test
  void jdk_withoutSettings_hasEverythingAtInfo() throws Exception {
    String console = run(ownClassPath());

    assertThat(console)
        .contains("policy orders loaded", "refused a call: CREDENTIAL_MISSING", "\"class_uid\":")
        .doesNotContain("STS at a debug level");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> json(String line) {
    return (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(line);
  }

  /** This test's, but for the SLF4J binding that other tests need; the command's jar names it. */
  private static Stream<String> ownClassPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !BINDING.matcher(entry).matches());
  }

  /** The artifacts that the page names; the build copies them. */
  private static Stream<String> logback() {
    File[] jars = Checkout.path("integration-tests/target/logging").toFile().listFiles();
    assertThat(jars).as("jars that the build copies").hasSize(4);
    return Stream.of(jars).map(File::getPath);
  }

  private String run(Stream<String> classPath, String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of(options));
    command.addAll(
        List.of(
            "-cp",
            classPath.collect(Collectors.joining(File.pathSeparator)),
            LoggingProbe.class.getName(),
            Checkout.path(
                    "integration-tests/src/test/resources/dev/rolecall/tests/docs/orders.yaml")
                .toString()));
    Path output = folder.resolve("console");
    ProcessBuilder java =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    java.environment().put("AUDIT_FOLDER", folder.toString());
    Process process = java.start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("java ended in time").isTrue();
    } finally {
      Termination.of(process);
    }
    String text = Files.readString(output, UTF_8);
    RunRecord.ofThisRun().add(OutputKind.PROCESS, "java with a logging framework", text);
    assertThat(process.exitValue()).as(text).isZero();
    return text;
  }
}
