package dev.rolecall.benchmarks.command;

import dev.rolecall.benchmarks.Figures;
import dev.rolecall.benchmarks.Run;
import dev.rolecall.benchmarks.Suite;
import dev.rolecall.benchmarks.flood.FloodSuite;
import dev.rolecall.benchmarks.flood.TokenFloodSuite;
import dev.rolecall.benchmarks.grants.AccessSuite;
import dev.rolecall.benchmarks.hooks.GrantsSuite;
import dev.rolecall.benchmarks.hooks.HooksSuite;
import dev.rolecall.benchmarks.hooks.TokensSuite;
import dev.rolecall.benchmarks.load.LoadSuite;
import dev.rolecall.benchmarks.lockout.LockoutSuite;
import dev.rolecall.benchmarks.mutual.MutualSuite;
import dev.rolecall.benchmarks.proxy.ProxySuite;
import dev.rolecall.benchmarks.results.Circumstances;
import dev.rolecall.benchmarks.results.Measured;
import dev.rolecall.benchmarks.results.Publication;
import dev.rolecall.benchmarks.scale.ScaleSuite;
import dev.rolecall.benchmarks.wire.WireSuite;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
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
    exitCodeList = {
      "0:measured",
      "1:something could not be measured, or lockout, forgeries, access or proxy missed a goal",
      "2:wrong usage",
      "3:measured, but something is too noisy to judge by"
    })
final class Benchmarks implements Callable<Integer> {

  /** In the order in which {@code all} runs them, and results show them. */
  private static final List<Suite> SUITES =
      List.of(
          new HooksSuite(),
          new TokensSuite(),
          new GrantsSuite(),
          new WireSuite(),
          new LoadSuite(),
          new MutualSuite(),
          new ScaleSuite(),
          new FloodSuite(),
          new LockoutSuite(),
          new TokenFloodSuite(),
          new AccessSuite(),
          new ProxySuite());

  static final List<String> NAMES = SUITES.stream().map(Suite::name).toList();

  /** Held strongly: the JDK would forget its level. The emulator says that it is none of AWS's. */
  private static final Logger EMULATOR = Logger.getLogger("dev.rolecall.stsemulator");

  /** Measures nothing. */
  private static final String NONE = "none";

  @Parameters(
      paramLabel = "SUITE",
      description =
          "hooks, tokens, grants, wire, load, mutual, scale, flood, lockout, forgeries, access, proxy"
              + " or all; none, to publish what was measured before.")
  private String suite = "";

  @Option(names = "--quick", description = "Less exact; all suites end within ten minutes.")
  private boolean quick;

  @Option(names = "--json", description = "Ends with one line of JSON: every figure by its name.")
  private boolean json;

  @Option(
      names = "--publish",
      description =
          "Puts the results into benchmarks/RESULTS.md, for this JDK, and into docs/performance.md"
              + " and its picture.")
  private boolean publish;

  private final PrintStream out =
      new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

  private Benchmarks() {}

  public static void main(String[] args) {
    EMULATOR.setLevel(Level.WARNING);
    System.exit(new CommandLine(new Benchmarks()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    List<Suite> chosen =
        SUITES.stream().filter(s -> suite.equals("all") || suite.equals(s.name())).toList();
    if (publish && suite.equals(NONE)) {
      publication().refresh();
      return 0;
    }
    if (chosen.isEmpty()) {
      System.err.println("SUITE: '" + suite + "' (expected: one that --help lists)");
      return 2;
    }
    Figures figures = new Figures();
    boolean complete = true;
    boolean reached = true;
    boolean certain = true;
    for (Suite next : chosen) {
      try {
        Run run = measure(next);
        run.figures().all().forEach(figures::add);
        certain &= run.doubts().isEmpty();
        reached &= run.misses().isEmpty();
      } catch (Exception e) {
        complete = false;
        System.err.println(next.name() + " could not be measured");
        e.printStackTrace();
      }
    }
    figures.all().forEach((name, value) -> out.printf("%-48s %12.4f%n", name, value));
    if (json) {
      out.println(figures.toJson());
    }
    return !complete || !reached ? 1 : certain ? 0 : 3;
  }

  private Run measure(Suite next) throws Exception {
    out.printf("%n== %s: %s%n", next.name(), next.description());
    Run run = new Run(quick, new Figures(), out);
    Circumstances circumstances = Circumstances.of(command(next), Clock.systemUTC());
    next.measure(run);
    if (publish) {
      Path checkout = Path.of(System.getProperty("rolecall.checkout", ""));
      new Publication(checkout, NAMES)
          .put(Runtime.version().feature(), new Measured(next.name(), circumstances.text(), run));
    }
    return run;
  }

  private static Publication publication() {
    return new Publication(Path.of(System.getProperty("rolecall.checkout", "")), NAMES);
  }

  private String command(Suite next) {
    return "benchmarks/run " + next.name() + (quick ? " --quick" : "");
  }
}
