package dev.rolecall.cli.checker;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.AccessControl;
import dev.rolecall.access.AccessControlBuilder;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.cli.config.ConfigFile;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.failure.IoWords;
import dev.rolecall.cli.proxy.AudienceOptions;
import dev.rolecall.cli.proxy.Closing;
import dev.rolecall.cli.proxy.Identity;
import dev.rolecall.cli.proxy.OpenAudiences;
import dev.rolecall.cli.proxy.OpenConfig;
import dev.rolecall.cli.proxy.Surroundings;
import dev.rolecall.cli.schemes.Front;
import dev.rolecall.identity.Audience;
import dev.rolecall.proxy.envoy.CheckedAudience;
import dev.rolecall.proxy.envoy.EnvoyChecker;
import dev.rolecall.proxy.envoy.EnvoyCheckerBuilder;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A checker that runs, with all that it has open, and the configuration that it follows. */
final class RunningChecker implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger("rolecall.config");

  /** Longer than a Check that waits for an issuer takes. */
  private static final Duration LAST_CHECKS = Duration.ofSeconds(15);

  /** The control of an audience, and the audience as the checker has it. */
  private record Door(AccessControl control, CheckedAudience checked) {}

  private record Doors(Audience name, CheckedOptions options, Identity identity)
      implements AudienceOptions.Doors<Door> {

    @Override
    public Door open(AccessControlBuilder control) {
      AccessControl built = control.build();
      return new Door(built, options.checked(name, built, identity));
    }

    @Override
    public void close(Door door) {
      door.control().close();
    }
  }

  /** What is open by one state of the settings. */
  private record Opened(CheckerSettings settings, OpenAudiences<Door> audiences) {}

  private final CheckerFrontOptions front;
  private final Surroundings around;
  private final OpenConfig<Opened> config;
  private @Nullable EnvoyChecker checker;
  private volatile boolean draining;

  private RunningChecker(
      CheckerSettings settings,
      Surroundings around,
      Function<RunningChecker, OpenConfig<Opened>> opening) {
    this.front = settings.front().options();
    this.around = around;
    this.config = opening.apply(this);
  }

  private static RunningChecker open(
      CheckerSettings settings,
      Surroundings around,
      Function<RunningChecker, OpenConfig<Opened>> opening) {
    try {
      return new RunningChecker(settings, around, opening);
    } catch (RuntimeException | Error e) {
      around.close();
      throw e;
    }
  }

  private static Surroundings surroundings(CheckerSettings settings) {
    CheckerFrontOptions front = settings.front().options();
    return Surroundings.open(settings.front(), front.http, front.identity);
  }

  private OpenConfig<Opened> fixed(CheckerSettings settings) {
    return OpenConfig.fixed(opened(settings, Optional.empty()), around.telemetry());
  }

  /**
   * A checker by those settings, which stay.
   *
   * @throws CommandFailure if it cannot be started
   */
  static RunningChecker of(CheckerSettings settings) {
    RunningChecker checker = open(settings, surroundings(settings), made -> made.fixed(settings));
    checker.start(Duration.ofSeconds(5));
    return checker;
  }

  /**
   * A checker by that file, which is followed.
   *
   * @throws CommandFailure if it cannot be started
   */
  static RunningChecker following(ConfigFile file, Duration period) {
    CheckerSettings settings = file.read(file.bytes(), CheckerSettings::of);
    RunningChecker checker =
        open(
            settings,
            surroundings(settings),
            made ->
                OpenConfig.of(
                    file,
                    made.around.telemetry(),
                    (root, before) -> made.opened(CheckerSettings.of(root), before)));
    checker.start(period);
    return checker;
  }

  /**
   * Checks a file, and all that it names.
   *
   * @throws CommandFailure if something is wrong
   */
  static void check(ConfigFile file) {
    CheckerSettings settings = file.read(file.bytes(), CheckerSettings::of);
    CheckerFrontOptions front = settings.front().options();
    front.listen.onlyCheck();
    settings.audiences().values().forEach(each -> each.options().audience.onlyCheck());
    Surroundings around = Surroundings.checked(settings.front(), front.http, front.identity);
    try (RunningChecker checker = open(settings, around, made -> made.fixed(settings))) {
      var unused = settings.front().making(checker.front::checker);
    }
  }

  /** Opens what the settings say, and has the checker go by it, if it runs. */
  private Opened opened(CheckerSettings settings, Optional<Opened> before) {
    OpenAudiences<Door> audiences =
        OpenAudiences.open(
            settings.audiences(),
            before.map(Opened::audiences),
            (name, options) ->
                options.audience.opened(
                    name,
                    Front.TLS,
                    around.telemetry(),
                    new Doors(name, options, around.identity())));
    Opened made = new Opened(settings, audiences);
    EnvoyChecker running = checker;
    if (running != null) {
      running.replaceAudiences(others(made), ofRoutesThatNameNone(made));
    }
    return made;
  }

  private Optional<CheckedAudience> ofRoutesThatNameNone(Opened made) {
    return made.settings().defaultAudience().map(name -> made.audiences().door(name).checked());
  }

  private List<CheckedAudience> others(Opened made) {
    Optional<Audience> chosen = made.settings().defaultAudience();
    return made.settings().audiences().keySet().stream()
        .filter(name -> !chosen.equals(Optional.of(name)))
        .map(name -> made.audiences().door(name).checked())
        .toList();
  }

  private void start(Duration period) {
    Opened first = config.now();
    try {
      EnvoyCheckerBuilder builder =
          first
              .settings()
              .front()
              .making(front::checker)
              .runtime(AccessRuntime.builder().openTelemetry(around.telemetry()).build());
      others(first).forEach(builder::audience);
      ofRoutesThatNameNone(first).ifPresent(builder::defaultAudience);
      EnvoyChecker started = builder.start();
      checker = started;
      config.follow(period, this::replaced);
      around.http().readyWhen(() -> started.isWarm() && !draining);
    } catch (IOException e) {
      close();
      throw new CommandFailure("cannot listen: " + IoWords.why(e), e);
    } catch (IllegalStateException | IllegalArgumentException e) {
      close();
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /** What is no longer used is closed once the Checks that it judges have had time to end. */
  private void replaced(Opened before, Opened after) {
    LOG.log(
        Level.INFO, "configuration reloaded: {0} audiences", after.settings().audiences().size());
    if (!before.settings().front().content().equals(after.settings().front().content())) {
      LOG.log(
          Level.WARNING,
          "configuration: only audiences are followed (expected: a restart, for the rest of what has"
              + " changed)");
    }
    config.later(
        LAST_CHECKS,
        () -> Closing.all(before.audiences().closesBut(Optional.of(after.audiences()))));
  }

  /** The audiences and the address, in words. */
  String words() {
    return "checking "
        + String.join(
            ", ",
            config.now().settings().audiences().keySet().stream()
                .map(Object::toString)
                .sorted()
                .toList())
        + " on "
        + front.listen.listening(requireNonNull(checker, "checker"));
  }

  /** Further lines for the person who starts it, first the URL of keys, readiness and metrics. */
  List<String> notes() {
    return Stream.of(
            around.http().url().map(url -> "http at " + url).stream(),
            Stream.of(front.identity.note()),
            config.now().audiences().notes())
        .flatMap(lines -> lines)
        .filter(line -> !line.isEmpty())
        .toList();
  }

  /** Says that it does not serve, goes on to answer for the time of the option, and ends. */
  void drain() {
    draining = true;
    try {
      requireNonNull(checker, "checker").drain(front.drain, LAST_CHECKS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    List<Runnable> closes = new ArrayList<>();
    if (checker != null) {
      closes.add(checker::close);
    }
    closes.add(config::close);
    closes.addAll(config.now().audiences().closesBut(Optional.empty()));
    closes.add(around::close);
    Closing.all(closes);
  }
}
