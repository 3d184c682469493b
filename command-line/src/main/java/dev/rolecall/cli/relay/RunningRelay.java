package dev.rolecall.cli.relay;

import static java.util.Objects.requireNonNull;

import dev.rolecall.cli.arguments.ServerAddress;
import dev.rolecall.cli.config.ConfigFile;
import dev.rolecall.cli.config.Section;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.failure.IoWords;
import dev.rolecall.cli.proxy.AudienceOptions;
import dev.rolecall.cli.proxy.OpenConfig;
import dev.rolecall.cli.proxy.Surroundings;
import dev.rolecall.identity.Audience;
import dev.rolecall.proxy.relay.RelayServer;
import dev.rolecall.proxy.relay.RelayServerBuilder;
import dev.rolecall.tls.AttestedTls;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A relay that runs, with all that it has open, and the configuration that it follows. */
final class RunningRelay implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger("rolecall.config");

  /** What is open by one state of the settings. */
  private record Opened(RelaySettings settings, RelayedRoutes routes) {}

  private final RelayFrontOptions front;
  private final Surroundings around;
  private final OpenConfig<Opened> config;
  private @Nullable RelayServer server;
  private volatile boolean draining;

  private RunningRelay(
      RelaySettings settings,
      Surroundings around,
      Function<RunningRelay, OpenConfig<Opened>> opening) {
    this.front = settings.front().options();
    this.around = around;
    this.config = opening.apply(this);
  }

  private static RunningRelay open(
      RelaySettings settings,
      Surroundings around,
      Function<RunningRelay, OpenConfig<Opened>> opening) {
    try {
      return new RunningRelay(settings, around, opening);
    } catch (RuntimeException | Error e) {
      around.close();
      throw e;
    }
  }

  private static Surroundings surroundings(RelaySettings settings) {
    RelayFrontOptions front = settings.front().options();
    return Surroundings.open(settings.front(), front.http, front.identity);
  }

  private OpenConfig<Opened> fixed(RelaySettings settings) {
    return OpenConfig.fixed(opened(settings, Optional.empty()), around.telemetry());
  }

  /**
   * A relay by those settings, which stay.
   *
   * @throws CommandFailure if it cannot be started
   */
  static RunningRelay of(RelaySettings settings) {
    RunningRelay relay = open(settings, surroundings(settings), made -> made.fixed(settings));
    relay.start(Duration.ofSeconds(5));
    return relay;
  }

  /**
   * A relay by that file, which is followed.
   *
   * @throws CommandFailure if it cannot be started
   */
  static RunningRelay following(ConfigFile file, Duration period) {
    RelaySettings settings = file.read(file.bytes(), RelaySettings::of);
    RunningRelay relay =
        open(
            settings,
            surroundings(settings),
            made ->
                OpenConfig.of(
                    file,
                    made.around.telemetry(),
                    (root, before) -> made.opened(RelaySettings.of(root), before)));
    relay.start(period);
    return relay;
  }

  /**
   * Checks a file, and all that it names.
   *
   * @throws CommandFailure if something is wrong
   */
  static void check(ConfigFile file) {
    RelaySettings settings = file.read(file.bytes(), RelaySettings::of);
    RelayFrontOptions front = settings.front().options();
    front.onlyCheck();
    settings.audiences().values().forEach(each -> each.options().onlyCheck());
    Surroundings around = Surroundings.checked(settings.front(), front.http, front.identity);
    try (RunningRelay relay = open(settings, around, made -> made.fixed(settings))) {
      var unused = relay.built();
    }
  }

  /** Opens what the settings say, and has the relay go by it, if it runs. */
  private Opened opened(RelaySettings settings, Optional<Opened> before) {
    requireSameAudience(settings, before);
    RelayedRoutes routes =
        RelayedRoutes.open(settings, front.front(), around, before.map(Opened::routes));
    RelayServer running = server;
    if (running != null) {
      try {
        running.replaceRoutes(routes.routes());
      } catch (IllegalArgumentException e) {
        routes.closeBut(before.map(Opened::routes));
        throw new CommandFailure(String.valueOf(e.getMessage()), e);
      }
    }
    return new Opened(settings, routes);
  }

  private RelayServer built() {
    Opened now = config.now();
    RelayServerBuilder builder =
        now.settings()
            .front()
            .making(() -> front.attested ? attested(now) : ordinary(now))
            .openTelemetry(around.telemetry());
    now.routes().routes().forEach(builder::route);
    try {
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }

  private RelayServerBuilder ordinary(Opened now) {
    front.requireConsistent();
    return front.server(RelayedRoutes.clientAuthorities(now.settings()));
  }

  private RelayServerBuilder attested(Opened now) {
    front.requireConsistent();
    Map<Audience, Section<AudienceOptions>> audiences = now.settings().audiences();
    if (audiences.size() != 1) {
      throw new CommandFailure(
          "--attested: with " + audiences.size() + " audiences (expected: one, to attest for)");
    }
    Map.Entry<Audience, Section<AudienceOptions>> only = audiences.entrySet().iterator().next();
    return front.attestedServer(
        only.getValue().options().sts().signedBy(AttestedTls.server(only.getKey())),
        now.routes().guard(only.getKey()));
  }

  /** An attestation is for the audience and the guard that it was made with. */
  private void requireSameAudience(RelaySettings settings, Optional<Opened> before) {
    if (front.attested
        && before.isPresent()
        && !before.get().settings().saysTheSameOfAudiences(settings)) {
      throw new CommandFailure(
          "audiences: changed (expected: a restart, since the relay attests its role for the"
              + " audience that was)");
    }
  }

  private void start(Duration period) {
    InetSocketAddress address = front.address();
    try {
      server = built().start();
      config.follow(period, this::replaced);
      around.http().readyWhen(() -> !draining);
    } catch (IOException e) {
      close();
      throw new CommandFailure(
          "cannot listen on "
              + ServerAddress.text(address.getAddress(), address.getPort())
              + ": "
              + (e.getCause() instanceof IOException why ? IoWords.why(why) : IoWords.why(e)),
          e);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /** What is no longer used is closed once the calls that it admitted have had time to end. */
  private void replaced(Opened before, Opened after) {
    LOG.log(
        Level.INFO,
        "configuration reloaded: {0} routes, {1} audiences",
        after.settings().routes().size(),
        after.settings().audiences().size());
    if (!before.settings().front().content().equals(after.settings().front().content())) {
      LOG.log(
          Level.WARNING,
          "configuration: only audiences and routes are followed (expected: a restart, for the rest"
              + " of what has changed)");
    }
    if (!RelayedRoutes.clientBundles(before.settings())
        .equals(RelayedRoutes.clientBundles(after.settings()))) {
      LOG.log(
          Level.WARNING,
          "configuration: TLS goes on to ask for certificates of the authorities that it began with"
              + " (expected: a restart, for another client_ca)");
    }
    config.later(front.drain, () -> before.routes().closeBut(Optional.of(after.routes())));
  }

  /** The audiences and the address, in words. */
  String words() {
    return "relaying "
        + String.join(
            ", ",
            config.now().settings().audiences().keySet().stream()
                .map(Object::toString)
                .sorted()
                .toList())
        + " on "
        + ServerAddress.text(front.listen.host(), requireNonNull(server, "server").port());
  }

  /** Further lines for the person who starts it, first the URL of keys, readiness and metrics. */
  List<String> notes() {
    return Stream.of(
            around.http().url().map(url -> "http at " + url).stream(),
            Stream.of(front.identity.note(), config.now().settings().proofNote()),
            config.now().routes().notes())
        .flatMap(lines -> lines)
        .filter(line -> !line.isEmpty())
        .toList();
  }

  /** Takes no more calls, and lets those that are open go on for the time of the option. */
  void drain() {
    draining = true;
    requireNonNull(server, "server").shutdown(front.drain);
  }

  @Override
  public void close() {
    try (around) {
      if (server != null) {
        server.close();
      }
      config.close();
      config.now().routes().close();
    }
  }
}
