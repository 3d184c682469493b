package dev.rolecall.cli.relay;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.AccessControlBuilder;
import dev.rolecall.cli.config.Section;
import dev.rolecall.cli.proxy.AudienceOptions;
import dev.rolecall.cli.proxy.GuardedAudience;
import dev.rolecall.cli.proxy.Identity;
import dev.rolecall.cli.schemes.ClientAuthorities;
import dev.rolecall.cli.schemes.Front;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.identity.Audience;
import dev.rolecall.proxy.relay.Route;
import io.opentelemetry.api.OpenTelemetry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The audiences and routes that a relay has open. What a changed configuration leaves as it was is
 * the same object in what follows it, so that its callers notice nothing.
 */
final class RelayedRoutes implements AutoCloseable {

  /** What audiences and routes are opened with. */
  record Surroundings(Front front, OpenTelemetry telemetry, Identity identity) {}

  private static final AudienceOptions.Doors<CallGuard> GUARDS =
      new AudienceOptions.Doors<>() {
        @Override
        public CallGuard open(AccessControlBuilder control) {
          return CallGuard.builder(control).build();
        }

        @Override
        public void close(CallGuard guard) {
          guard.close();
        }
      };

  private record Audienced(String content, GuardedAudience<CallGuard> opened) {}

  private record Routed(String content, CallGuard guard, RouteOptions.Opened opened) {}

  private final Map<Audience, Audienced> audiences = new LinkedHashMap<>();
  private final Map<String, Routed> routes = new LinkedHashMap<>();

  private RelayedRoutes() {}

  /**
   * Opens what the settings say.
   *
   * @param before what is open so far; what is the same in it is taken over
   * @throws dev.rolecall.cli.failure.CommandFailure if something does not do; what was opened new
   *     is closed then
   */
  static RelayedRoutes open(
      RelaySettings settings, Surroundings in, Optional<RelayedRoutes> before) {
    RelayedRoutes made = new RelayedRoutes();
    try {
      settings
          .audiences()
          .forEach(
              (name, section) -> made.audiences.put(name, audienced(name, section, in, before)));
      settings
          .routes()
          .forEach(
              (name, section) ->
                  made.routes.put(name, made.routed(name, section, settings, in, before)));
      return made;
    } catch (RuntimeException | Error e) {
      before.ifPresentOrElse(kept -> made.closeBut(kept), made::close);
      throw e;
    }
  }

  private static Audienced audienced(
      Audience name,
      Section<AudienceOptions> section,
      Surroundings in,
      Optional<RelayedRoutes> before) {
    return before
        .map(kept -> kept.audiences.get(name))
        .filter(kept -> kept.content().equals(section.content()))
        .orElseGet(
            () ->
                new Audienced(
                    section.content(),
                    section.making(
                        () -> section.options().opened(name, in.front(), in.telemetry(), GUARDS))));
  }

  private Routed routed(
      String name,
      Section<RouteOptions> section,
      RelaySettings settings,
      Surroundings in,
      Optional<RelayedRoutes> before) {
    Audience audience = requireNonNull(section.options().audience, "audience");
    CallGuard guard = requireNonNull(audiences.get(audience), "audience").opened().door();
    return before
        .map(kept -> kept.routes.get(name))
        .filter(kept -> kept.content().equals(section.content()) && kept.guard() == guard)
        .orElseGet(
            () ->
                new Routed(
                    section.content(),
                    guard,
                    section.making(
                        () ->
                            section
                                .options()
                                .opened(
                                    name,
                                    guard,
                                    in.identity(),
                                    requireNonNull(settings.audiences().get(audience), "audience")
                                        .options()
                                        .sts()))));
  }

  /** The routes, for the relay. */
  List<Route> routes() {
    return routes.values().stream().map(each -> each.opened().route()).toList();
  }

  /** Lines for the person who starts the relay. */
  List<String> notes() {
    return audiences.values().stream()
        .map(each -> each.opened().note())
        .filter(note -> !note.isEmpty())
        .distinct()
        .toList();
  }

  /** The authorities whose clients TLS asks for a certificate. */
  static List<ClientAuthorities> clientAuthorities(RelaySettings settings) {
    return settings.audiences().values().stream()
        .flatMap(each -> each.options().clientAuthorities().stream())
        .toList();
  }

  /** Closes what is not in those too. */
  void closeBut(RelayedRoutes others) {
    List<Runnable> closes = new ArrayList<>();
    routes.forEach(
        (name, each) -> {
          if (!others.routes.containsValue(each)) {
            closes.add(each.opened().closing());
          }
        });
    audiences.forEach(
        (name, each) -> {
          if (!others.audiences.containsValue(each)) {
            closes.add(each.opened()::close);
          }
        });
    runAll(closes);
  }

  /** In order, whatever one of them throws. */
  private static void runAll(List<Runnable> closes) {
    if (!closes.isEmpty()) {
      try {
        closes.get(0).run();
      } finally {
        runAll(closes.subList(1, closes.size()));
      }
    }
  }

  @Override
  public void close() {
    closeBut(new RelayedRoutes());
  }
}
