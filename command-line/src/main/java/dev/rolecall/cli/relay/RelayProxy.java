package dev.rolecall.cli.relay;

import static java.util.Objects.requireNonNull;

import dev.rolecall.cli.arguments.ServerAddress;
import dev.rolecall.cli.config.Section;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.proxy.AudienceOptions;
import dev.rolecall.cli.proxy.ProxyKind;
import dev.rolecall.cli.proxy.ProxyServer;
import dev.rolecall.cli.proxy.Surroundings;
import dev.rolecall.cli.server.BoundServer;
import dev.rolecall.identity.Audience;
import dev.rolecall.proxy.relay.RelayServer;
import dev.rolecall.proxy.relay.RelayServerBuilder;
import dev.rolecall.tls.AttestedTls;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The relay as a proxy of the command line. */
final class RelayProxy implements ProxyServer<RelaySettings, RelayedRoutes> {

  static final ProxyKind<RelaySettings, RelayedRoutes> KIND =
      new ProxyKind<>(
          "relaying",
          "audiences and routes",
          RelaySettings::of,
          (settings, around) -> new RelayProxy(settings.front().options(), around));

  private final RelayFrontOptions front;
  private final Surroundings around;
  private @Nullable RelayServer server;

  private RelayProxy(RelayFrontOptions front, Surroundings around) {
    this.front = front;
    this.around = around;
  }

  @Override
  public RelayedRoutes open(
      RelaySettings settings, Optional<Opened<RelaySettings, RelayedRoutes>> before) {
    requireSameAudience(settings, before);
    Optional<RelayedRoutes> kept = before.map(Opened::parts);
    RelayedRoutes routes = RelayedRoutes.open(settings, front.front(), around, kept);
    RelayServer running = server;
    if (running != null) {
      try {
        running.replaceRoutes(routes.routes());
      } catch (IllegalArgumentException e) {
        routes.closeBut(kept);
        throw new CommandFailure(String.valueOf(e.getMessage()), e);
      }
    }
    return routes;
  }

  /** An attestation is for the audience and the guard that it was made with. */
  private void requireSameAudience(
      RelaySettings settings, Optional<Opened<RelaySettings, RelayedRoutes>> before) {
    if (front.attested
        && before.isPresent()
        && !before.get().settings().saysTheSameOfAudiences(settings)) {
      throw new CommandFailure(
          "audiences: changed (expected: a restart, since the relay attests its role for the"
              + " audience that was)");
    }
  }

  @Override
  public void check(Opened<RelaySettings, RelayedRoutes> opened) {
    var unused = built(opened);
  }

  private RelayServer built(Opened<RelaySettings, RelayedRoutes> opened) {
    RelaySettings settings = opened.settings();
    RelayServerBuilder builder =
        settings
            .front()
            .making(
                () -> {
                  front.requireConsistent();
                  return front.attested
                      ? attested(opened)
                      : front.server(RelayedRoutes.clientAuthorities(settings));
                })
            .openTelemetry(around.telemetry());
    opened.parts().routes().forEach(builder::route);
    try {
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }

  private RelayServerBuilder attested(Opened<RelaySettings, RelayedRoutes> opened) {
    Map<Audience, Section<AudienceOptions>> audiences = opened.settings().audiences();
    if (audiences.size() != 1) {
      throw new CommandFailure(
          "--attested: with " + audiences.size() + " audiences (expected: one, to attest for)");
    }
    Map.Entry<Audience, Section<AudienceOptions>> only = audiences.entrySet().iterator().next();
    return front.attestedServer(
        only.getValue().options().sts().signedBy(AttestedTls.server(only.getKey())),
        opened.parts().guard(only.getKey()));
  }

  @Override
  public void start(Opened<RelaySettings, RelayedRoutes> opened) {
    try {
      server = built(opened).start();
    } catch (IOException e) {
      throw BoundServer.cannotListen(front.address(), e);
    }
  }

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public String address() {
    return ServerAddress.text(front.listen.host(), requireNonNull(server, "server").port());
  }

  @Override
  public Stream<String> notes(Opened<RelaySettings, RelayedRoutes> opened) {
    return Stream.concat(Stream.of(opened.settings().proofNote()), opened.parts().notes());
  }

  @Override
  public Stream<String> notFollowed(RelaySettings before, RelaySettings after) {
    return RelayedRoutes.clientBundles(before).equals(RelayedRoutes.clientBundles(after))
        ? Stream.empty()
        : Stream.of(
            "TLS goes on to ask for certificates of the authorities that it began with (expected: a"
                + " restart, for another client_ca)");
  }

  @Override
  public Duration lastUse() {
    return front.drain;
  }

  @Override
  public List<Runnable> closes(RelayedRoutes routes, Optional<RelayedRoutes> others) {
    return routes.closesBut(others);
  }

  @Override
  public void drain() {
    requireNonNull(server, "server").shutdown(front.drain);
  }

  @Override
  public void stop() {
    if (server != null) {
      server.close();
    }
  }
}
