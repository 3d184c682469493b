package dev.rolecall.cli.relay;

import static java.util.Objects.requireNonNull;

import dev.rolecall.cli.arguments.ServerAddress;
import dev.rolecall.cli.config.ConfigFile;
import dev.rolecall.cli.config.ConfigSection;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.failure.IoWords;
import dev.rolecall.cli.proxy.ConfigFollower;
import dev.rolecall.cli.proxy.Identity;
import dev.rolecall.cli.proxy.ProxyHttp;
import dev.rolecall.proxy.relay.RelayServer;
import dev.rolecall.proxy.relay.RelayServerBuilder;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A relay that runs, with all that it has open, and the configuration that it follows. */
final class RunningRelay implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger("rolecall.config");

  /** What is open by one state of the settings. */
  private record Opened(RelaySettings settings, RelayedRoutes routes) {}

  private final RelayFrontOptions front;
  private final ProxyHttp http;
  private final Identity identity;
  private @Nullable ConfigFollower<Opened> follower;
  private @Nullable Opened opened;
  private @Nullable RelayServer server;
  private volatile boolean draining;

  private RunningRelay(RelayFrontOptions front, ProxyHttp http, Identity identity) {
    this.front = front;
    this.http = http;
    this.identity = identity;
  }

  /**
   * A relay by those settings, which stay.
   *
   * @throws CommandFailure if it cannot be started
   */
  static RunningRelay of(RelaySettings settings) {
    RunningRelay relay = surrounded(settings);
    try {
      relay.opened = relay.open(settings, Optional.empty());
      relay.start();
      return relay;
    } catch (RuntimeException | Error e) {
      relay.close();
      throw e;
    }
  }

  /**
   * A relay by that file, which is followed.
   *
   * @throws CommandFailure if it cannot be started
   */
  static RunningRelay following(ConfigFile file, Duration period) {
    RunningRelay relay = surrounded(file.read(file.bytes(), RelaySettings::of));
    try {
      ConfigFollower<Opened> follower =
          new ConfigFollower<>(file, relay.http.telemetry(), relay::open);
      relay.follower = follower;
      relay.start();
      follower.start(period, relay::replaced);
      return relay;
    } catch (RuntimeException | Error e) {
      relay.close();
      throw e;
    }
  }

  /**
   * Checks a file, and all that it names.
   *
   * @throws CommandFailure if something is wrong
   */
  static void check(ConfigFile file) {
    RelaySettings settings = file.read(file.bytes(), RelaySettings::of);
    try (RunningRelay relay = closed(settings)) {
      relay.opened = relay.open(settings, Optional.empty());
      var unused = relay.builder(settings, relay.opened.routes()).build();
    }
  }

  private static RunningRelay surrounded(RelaySettings settings) {
    RelayFrontOptions front = settings.front().options();
    ProxyHttp http = settings.front().making(front.http::serving);
    return surrounded(settings, http);
  }

  /** Without the port for HTTP. */
  private static RunningRelay closed(RelaySettings settings) {
    return surrounded(settings, ProxyHttp.none());
  }

  private static RunningRelay surrounded(RelaySettings settings, ProxyHttp http) {
    RelayFrontOptions front = settings.front().options();
    try {
      Identity identity = settings.front().making(() -> front.identity.opened(http.telemetry()));
      http.keys(identity::keySet);
      return new RunningRelay(front, http, identity);
    } catch (RuntimeException | Error e) {
      http.close();
      throw e;
    }
  }

  private Opened open(ConfigSection root, Optional<Opened> before) {
    return open(RelaySettings.of(root), before);
  }

  /** Opens what the settings say, and has a relay that runs go by it. */
  private Opened open(RelaySettings settings, Optional<Opened> before) {
    RelayedRoutes routes =
        RelayedRoutes.open(
            settings,
            new RelayedRoutes.Surroundings(front.front(), http.telemetry(), identity),
            before.map(Opened::routes));
    RelayServer running = server;
    if (running != null) {
      try {
        running.replaceRoutes(routes.routes());
      } catch (IllegalArgumentException e) {
        before.ifPresent(kept -> routes.closeBut(kept.routes()));
        throw new CommandFailure(String.valueOf(e.getMessage()), e);
      }
    }
    return new Opened(settings, routes);
  }

  private void start() {
    Opened first = now();
    InetSocketAddress address = front.address();
    try {
      server = builder(first.settings(), first.routes()).build().start();
    } catch (IOException e) {
      throw new CommandFailure(
          "cannot listen on "
              + ServerAddress.text(address.getAddress(), address.getPort())
              + ": "
              + (e.getCause() instanceof IOException why ? IoWords.why(why) : IoWords.why(e)),
          e);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
    http.readyWhen(() -> !draining);
  }

  private RelayServerBuilder builder(RelaySettings settings, RelayedRoutes routes) {
    RelayServerBuilder builder =
        settings
            .front()
            .making(() -> front.server(RelayedRoutes.clientAuthorities(settings)))
            .openTelemetry(http.telemetry());
    routes.routes().forEach(builder::route);
    return builder;
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
    requireNonNull(follower, "follower")
        .later(front.drain, () -> before.routes().closeBut(after.routes()));
  }

  private Opened now() {
    return follower != null ? follower.get() : requireNonNull(opened, "opened");
  }

  /** The audiences, by name. */
  List<String> audiences() {
    return now().settings().audiences().keySet().stream().map(Object::toString).sorted().toList();
  }

  InetAddress address() {
    return front.listen.host();
  }

  int port() {
    return requireNonNull(server, "server").port();
  }

  /** The URL of keys, readiness and metrics; empty where they are not served. */
  Optional<String> httpUrl() {
    return http.url();
  }

  /** Lines for the person who starts it. */
  List<String> notes() {
    return Stream.concat(Stream.of(front.identity.note()), now().routes().notes().stream())
        .filter(note -> !note.isEmpty())
        .toList();
  }

  /** Takes no more calls, and lets those that are open go on for the time of the option. */
  void drain() {
    draining = true;
    requireNonNull(server, "server").shutdown(front.drain);
  }

  @Override
  public void close() {
    try (http;
        identity) {
      if (server != null) {
        server.close();
      }
      if (follower != null) {
        follower.get().routes().close();
        follower.close();
      } else if (opened != null) {
        opened.routes().close();
      }
    }
  }
}
