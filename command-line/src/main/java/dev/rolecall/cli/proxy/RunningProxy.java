package dev.rolecall.cli.proxy;

import dev.rolecall.cli.config.ConfigFile;
import dev.rolecall.cli.proxy.ProxyServer.Opened;
import dev.rolecall.cli.server.RunUntilStopped;
import dev.rolecall.cli.terminal.ExitStatus;
import java.io.PrintWriter;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A proxy that runs, with all that it has open, and the configuration that it follows. */
public final class RunningProxy<S extends ProxySettings, V> implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger("rolecall.config");

  private final ProxyKind<S, V> kind;
  private final Surroundings around;
  private final ProxyServer<S, V> server;
  private final OpenConfig<Opened<S, V>> config;
  private volatile boolean draining;

  private RunningProxy(
      ProxyKind<S, V> kind,
      Surroundings around,
      ProxyServer<S, V> server,
      OpenConfig<Opened<S, V>> config) {
    this.kind = kind;
    this.around = around;
    this.server = server;
    this.config = config;
  }

  /**
   * Runs a proxy until the process is stopped, or checks its configuration.
   *
   * @param options the options that name a configuration file
   * @param arguments the settings that the other options say
   * @param out told the address, and what the person who starts it should know
   * @return the exit status
   * @throws dev.rolecall.cli.failure.CommandFailure if it cannot be started
   */
  public static <S extends ProxySettings, V> int run(
      ProxyKind<S, V> kind, ConfigOptions options, Supplier<S> arguments, PrintWriter out) {
    Optional<ConfigFile> file = options.file();
    if (options.isCheck()) {
      return ConfigOptions.checked(file.orElseThrow(), named -> check(kind, named), out);
    }
    RunningProxy<S, V> proxy =
        file.isPresent()
            ? following(kind, file.get(), options.period())
            : of(kind, arguments.get());
    // All of it in the process's last moments: the process does not wait for this thread.
    RunUntilStopped running =
        RunUntilStopped.with(
            () -> {
              proxy.drain();
              proxy.close();
            });
    out.println(proxy.words());
    proxy.notes().forEach(note -> out.println("  " + note));
    out.flush();
    running.await();
    return ExitStatus.YES;
  }

  /**
   * A proxy by those settings, which stay.
   *
   * @throws dev.rolecall.cli.failure.CommandFailure if it cannot be started
   */
  public static <S extends ProxySettings, V> RunningProxy<S, V> of(
      ProxyKind<S, V> kind, S settings) {
    RunningProxy<S, V> proxy = fixed(kind, settings, surroundings(settings));
    proxy.start(Duration.ofSeconds(5));
    return proxy;
  }

  /**
   * A proxy by that file, which is followed.
   *
   * @throws dev.rolecall.cli.failure.CommandFailure if it cannot be started
   */
  public static <S extends ProxySettings, V> RunningProxy<S, V> following(
      ProxyKind<S, V> kind, ConfigFile file, Duration period) {
    S settings = file.read(file.bytes(), kind.settings());
    Surroundings around = surroundings(settings);
    RunningProxy<S, V> proxy =
        open(
            kind,
            settings,
            around,
            server ->
                OpenConfig.of(
                    file,
                    around.telemetry(),
                    (root, before) -> opened(server, kind.settings().apply(root), before)));
    proxy.start(period);
    return proxy;
  }

  /**
   * Checks a file, and all that it names.
   *
   * @throws dev.rolecall.cli.failure.CommandFailure if something is wrong
   */
  public static <S extends ProxySettings, V> void check(ProxyKind<S, V> kind, ConfigFile file) {
    S settings = file.read(file.bytes(), kind.settings());
    settings.onlyCheck();
    ProxyFront front = settings.front().options();
    Surroundings around = Surroundings.checked(settings.front(), front.http(), front.identity());
    try (RunningProxy<S, V> proxy = fixed(kind, settings, around)) {
      proxy.server.check(proxy.config.now());
    }
  }

  private static Surroundings surroundings(ProxySettings settings) {
    ProxyFront front = settings.front().options();
    return Surroundings.open(settings.front(), front.http(), front.identity());
  }

  private static <S extends ProxySettings, V> RunningProxy<S, V> fixed(
      ProxyKind<S, V> kind, S settings, Surroundings around) {
    return open(
        kind,
        settings,
        around,
        server -> OpenConfig.fixed(opened(server, settings, Optional.empty()), around.telemetry()));
  }

  private static <S extends ProxySettings, V> RunningProxy<S, V> open(
      ProxyKind<S, V> kind,
      S settings,
      Surroundings around,
      Function<ProxyServer<S, V>, OpenConfig<Opened<S, V>>> opening) {
    try {
      ProxyServer<S, V> server = kind.server().apply(settings, around);
      return new RunningProxy<>(kind, around, server, opening.apply(server));
    } catch (RuntimeException | Error e) {
      around.close();
      throw e;
    }
  }

  private static <S extends ProxySettings, V> Opened<S, V> opened(
      ProxyServer<S, V> server, S settings, Optional<Opened<S, V>> before) {
    return new Opened<>(settings, server.open(settings, before));
  }

  private void start(Duration period) {
    try {
      server.start(config.now());
      config.follow(period, this::replaced);
      around.http().readyWhen(() -> server.isReady() && !draining);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /** Parts that are no longer used are closed once the calls that use them have had time to end. */
  private void replaced(Opened<S, V> before, Opened<S, V> after) {
    LOG.log(Level.INFO, "configuration reloaded: {0}", after.settings().counts());
    warnings(before.settings(), after.settings())
        .forEach(warning -> LOG.log(Level.WARNING, "configuration: {0}", warning));
    config.later(
        server.lastUse(),
        () -> Closing.all(server.closes(before.parts(), Optional.of(after.parts()))));
  }

  private Stream<String> warnings(S before, S after) {
    Stream<String> ofFront =
        before.front().content().equals(after.front().content())
            ? Stream.empty()
            : Stream.of(
                "only "
                    + kind.followed()
                    + " are followed (expected: a restart, for the rest of what has changed)");
    return Stream.concat(ofFront, server.notFollowed(before, after));
  }

  /** The audiences and the address, in words. */
  public String words() {
    return config.now().settings().names().stream()
        .map(Object::toString)
        .sorted()
        .collect(Collectors.joining(", ", kind.verb() + " ", " on " + server.address()));
  }

  /** Further lines for the person who starts it, first the URL of keys, readiness and metrics. */
  public List<String> notes() {
    Opened<S, V> now = config.now();
    return Stream.of(
            around.http().url().map(url -> "http at " + url).stream(),
            Stream.of(now.settings().front().options().identity().note()),
            server.notes(now))
        .flatMap(lines -> lines)
        .filter(line -> !line.isEmpty())
        .toList();
  }

  /** Takes no more calls, and lets those that are open go on for the time of the option. */
  public void drain() {
    draining = true;
    server.drain();
  }

  @Override
  public void close() {
    List<Runnable> closes = new ArrayList<>(List.of(server::stop, config::close));
    closes.addAll(server.closes(config.now().parts(), Optional.empty()));
    closes.add(around::close);
    Closing.all(closes);
  }
}
