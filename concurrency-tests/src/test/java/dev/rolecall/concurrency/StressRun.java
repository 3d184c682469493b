package dev.rolecall.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs JCStress in a JVM of its own: any outcome that a test does not expect fails the build. */
final class StressRun {

  @Test
  void outcomes_ofEveryRace_areThoseExpected() throws Exception {
    Path work = Files.createDirectories(Path.of(System.getProperty("rolecall.jcstress.work")));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("org.openjdk.jcstress.Main");
    command.addAll(List.of("-r", "report", "-spinStyle", "THREAD_YIELD"));
    command.addAll(List.of(System.getProperty("rolecall.jcstress.options").split(" +")));
    Path output = work.resolve("output.txt");
    Process run =
        new ProcessBuilder(command)
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int status = run.waitFor();

    String text = Files.readString(output);
    List<String> summary = text.lines().filter(line -> line.contains("Results:")).toList();
    System.out.println("jcstress: " + (summary.isEmpty() ? "no results" : last(summary)));
    assertThat(status).as(text).isZero();
    assertThat(summary).as(text).isNotEmpty();
    assertThat(last(summary)).contains(" 0 failed", " 0 soft errs", " 0 hard errs");
  }

  private static String last(List<String> lines) {
    return lines.get(lines.size() - 1).strip();
  }
}
