package dev.rolecall.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One run of Jazzer in a JVM of its own, since its agent rewrites the classes of the whole JVM.
 *
 * @param inputs how many inputs were tried, as libFuzzer counted them
 * @param exit how the JVM ended: 0, unless there was a finding
 * @param output what was printed
 */
record GuidedRun(long inputs, int exit, String output) {

  /**
   * Where Jazzer sees which branch an input takes, and what it compares. Not the parsers of JSON
   * and YAML: to rewrite their classes takes longer than the short run lasts.
   */
  private static final String INSTRUMENTED =
      String.join(
          File.pathSeparator,
          "dev.rolecall.identity.**",
          "dev.rolecall.policy.**",
          "dev.rolecall.verifier.internal.**");

  private static final Path WORK = Path.of(System.getProperty("rolecall.fuzz.work", "target/fuzz"));
  private static final Pattern INPUTS = Pattern.compile("stat::number_of_executed_units: ([0-9]+)");

  /** Beyond the time asked for: an agent on a busy machine takes its time to start. */
  private static final Duration GRACE = Duration.ofSeconds(90);

  /**
   * Runs Jazzer on targets, each input on each of them.
   *
   * @param limits libFuzzer's own arguments that end the run
   */
  static GuidedRun of(Collection<FuzzTarget> targets, Duration time, String... limits)
      throws IOException, InterruptedException {
    assumeTrue(
        isSupported(),
        "no guided run: Jazzer has no library for this system and processor; the corpus is tried");
    String name = targets.size() == 1 ? targets.iterator().next().folder() : "all";
    Path found = Files.createDirectories(WORK.resolve("corpus").resolve(name));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "com.code_intelligence.jazzer.Jazzer",
            "--target_class=" + JazzerEntry.class.getName(),
            "--target_args="
                + targets.stream().map(FuzzTarget::name).collect(Collectors.joining(" ")),
            "--instrumentation_includes=" + INSTRUMENTED,
            "--custom_hook_includes=" + INSTRUMENTED,
            "--reproducer_path=" + WORK,
            "-artifact_prefix=" + WORK.resolve(name) + "-",
            "-max_len=" + targets.stream().mapToInt(FuzzTarget::maxLength).max().orElseThrow(),
            "-timeout=10",
            "-rss_limit_mb=3000",
            "-print_final_stats=1"));
    command.addAll(List.of(limits));
    // What it finds of interest goes to the first folder; the others are read only.
    command.add(found.toString());
    targets.forEach(target -> command.add(Corpus.folder(target).toString()));
    return run(command, WORK.resolve(name + ".log"), time.plus(GRACE));
  }

  private static GuidedRun run(List<String> command, Path log, Duration most)
      throws IOException, InterruptedException {
    Process jazzer =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      if (!jazzer.waitFor(most.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("Jazzer did not end in time; see " + log);
      }
    } finally {
      jazzer.destroyForcibly();
    }
    String output = Files.readString(log, UTF_8);
    Matcher inputs = INPUTS.matcher(output);
    return new GuidedRun(
        inputs.find() ? Long.parseLong(inputs.group(1)) : 0, jazzer.exitValue(), output);
  }

  private static boolean isSupported() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String os = system.startsWith("mac") ? "macos" : system.startsWith("win") ? "windows" : system;
    String arch = System.getProperty("os.arch", "");
    String cpu = arch.equals("amd64") ? "x86_64" : arch;
    String driver = "/com/code_intelligence/jazzer/driver/jazzer_driver_" + os + "_" + cpu;
    return GuidedRun.class.getResource(driver + "/") != null
        || GuidedRun.class.getResource(driver + "/libjazzer_driver.so") != null
        || GuidedRun.class.getResource(driver + "/libjazzer_driver.dylib") != null
        || GuidedRun.class.getResource(driver + "/jazzer_driver.dll") != null;
  }

  /** The end of the output: the finding, where there is one, and the file to reproduce it with. */
  String end() {
    List<String> lines = output.lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
  }
}
