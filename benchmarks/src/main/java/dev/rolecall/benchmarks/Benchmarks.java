package dev.rolecall.benchmarks;

import dev.rolecall.benchmarks.hooks.HooksSuite;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The one command of the benchmarks. */
@Command(
    name = "benchmarks/run",
    description = "Measures what a check costs, as ratios to plain gRPC in the same run.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {"0:measured", "1:something could not be measured", "2:wrong usage"})
final class Benchmarks implements Callable<Integer> {

  /** In the order in which {@code all} runs them. */
  private static final List<Suite> SUITES = List.of(new HooksSuite());

  @Parameters(paramLabel = "SUITE", description = "hooks, wire, load, scale, flood or all.")
  private String suite = "";

  @Option(names = "--quick", description = "Less exact; all suites end within ten minutes.")
  private boolean quick;

  @Option(names = "--json", description = "Ends with one line of JSON: every figure by its name.")
  private boolean json;

  private Benchmarks() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new Benchmarks()).execute(args));
  }

  @Override
  public Integer call() {
    List<Suite> chosen =
        SUITES.stream().filter(s -> suite.equals("all") || suite.equals(s.name())).toList();
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    if (chosen.isEmpty()) {
      System.err.println("SUITE: '" + suite + "' (expected: one that --help lists)");
      return 2;
    }
    Figures figures = new Figures();
    boolean complete = true;
    for (Suite next : chosen) {
      out.printf("%n== %s: %s%n", next.name(), next.description());
      try {
        next.measure(new Run(quick, figures, out));
      } catch (Exception e) {
        complete = false;
        System.err.println(next.name() + " could not be measured");
        e.printStackTrace();
      }
    }
    figures.all().forEach((name, value) -> out.printf("%-40s %12.4f%n", name, value));
    if (json) {
      out.println(figures.toJson());
    }
    return complete ? 0 : 1;
  }
}
