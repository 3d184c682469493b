package dev.rolecall.cli.console;

import dev.rolecall.cli.console.call.ConsoleServers;
import dev.rolecall.cli.console.demo.ConsoleDemo;
import dev.rolecall.cli.console.demo.DemoPerson;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The consoles of a demo, one for each of its people. */
final class DemoConsoles implements AutoCloseable {

  /** Nothing is behind them that needs protection, and a person may want to read first. */
  static final Duration LINK_LIFE = Duration.ofHours(1);

  private static final System.Logger LOG = System.getLogger("rolecall.console");

  private final ConsoleDemo scene;
  private final List<ConsoleServers> servers = new ArrayList<>();
  private final Map<DemoPerson, RunningConsole> consoles = new EnumMap<>(DemoPerson.class);

  private DemoConsoles(ConsoleDemo scene) {
    this.scene = scene;
  }

  /**
   * Opens them.
   *
   * @param bounds the bounds of the first; the others have any free port
   */
  static DemoConsoles open(RunningConsole.Bounds bounds, String version) throws Exception {
    About about =
        new About(version, true, Optional.of(new About.Named("orders.yaml", ConsoleDemo.policy())));
    DemoConsoles opened = new DemoConsoles(ConsoleDemo.open());
    try {
      for (DemoPerson person : DemoPerson.values()) {
        ConsoleServers servers = opened.scene.as(person);
        opened.servers.add(servers);
        int port = opened.consoles.isEmpty() ? bounds.port() : 0;
        opened.consoles.put(
            person,
            RunningConsole.open(
                new RunningConsole.Bounds(port, bounds.longestIdle(), LINK_LIFE),
                servers,
                about,
                System::nanoTime));
      }
      return opened;
    } catch (Exception e) {
      opened.close();
      throw e;
    }
  }

  /** The console of the person who runs the demo. */
  RunningConsole first() {
    return of(DemoPerson.BEN);
  }

  /** The time that is left without any of the people. */
  Duration idleLeft() {
    return consoles.values().stream()
        .map(RunningConsole::idleLeft)
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  private RunningConsole of(DemoPerson person) {
    RunningConsole console = consoles.get(person);
    if (console == null) {
      throw new IllegalStateException("each person has a console");
    }
    return console;
  }

  /** Says who is who, and has the others begin. */
  void begin(PrintWriter out) {
    out.println("  as " + words(DemoPerson.BEN) + "; the others:");
    for (DemoPerson person : DemoPerson.values()) {
      if (person != DemoPerson.BEN) {
        out.println("  " + words(person));
        out.println("    " + of(person).newLink());
      }
    }
    out.flush();
    scene.begin();
  }

  private static String words(DemoPerson person) {
    return person.userName() + ", " + person.part();
  }

  /** Closes all, as the process is stopped: what cannot be deleted stays. */
  void stop() {
    try {
      close();
    } catch (IOException e) {
      // Going on is safe: the process ends.
      LOG.log(System.Logger.Level.DEBUG, "the files of the demo could not be deleted", e);
    }
  }

  @Override
  public void close() throws IOException {
    consoles.values().forEach(RunningConsole::close);
    servers.forEach(ConsoleServers::close);
    scene.close();
  }
}
