package dev.rolecall.cli.relay;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.AccessControlBuilder;
import dev.rolecall.cli.config.Section;
import dev.rolecall.cli.proxy.AudienceOptions;
import dev.rolecall.cli.proxy.Closing;
import dev.rolecall.cli.proxy.OpenAudiences;
import dev.rolecall.cli.proxy.Surroundings;
import dev.rolecall.cli.schemes.ClientAuthorities;
import dev.rolecall.cli.schemes.Front;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.identity.Audience;
import dev.rolecall.proxy.relay.Route;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The audiences and routes that a relay has open. What a changed configuration leaves as it was is
 * the same object in what follows it, so that its callers notice nothing.
 */
final class RelayedRoutes {

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

  private record Routed(String content, CallGuard guard, RouteOptions.Opened opened) {}

  private final OpenAudiences<CallGuard> audiences;
  private final Map<String, Routed> routes = new LinkedHashMap<>();

  private RelayedRoutes(OpenAudiences<CallGuard> audiences) {
    this.audiences = audiences;
  }

  /**
   * Opens what the settings say.
   *
   * @param front the connections that callers come over
   * @param before what is open so far; what is the same in it is taken over
   * @throws dev.rolecall.cli.failure.CommandFailure if something does not do; what was opened new
   *     is closed then
   */
  static RelayedRoutes open(
      RelaySettings settings, Front front, Surroundings in, Optional<RelayedRoutes> before) {
    RelayedRoutes made =
        new RelayedRoutes(
            OpenAudiences.open(
                settings.audiences(),
                before.map(kept -> kept.audiences),
                (name, options) -> options.opened(name, front, in.telemetry(), GUARDS)));
    try {
      settings
          .routes()
          .forEach(
              (name, section) ->
                  made.routes.put(name, made.routed(name, section, settings, in, before)));
      return made;
    } catch (RuntimeException | Error e) {
      made.closeBut(before);
      throw e;
    }
  }

  private Routed routed(
      String name,
      Section<RouteOptions> section,
      RelaySettings settings,
      Surroundings in,
      Optional<RelayedRoutes> before) {
    Audience audience = requireNonNull(section.options().audience, "audience");
    CallGuard guard = audiences.door(audience);
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

  /** The guard of that audience, which is open. */
  CallGuard guard(Audience audience) {
    return audiences.door(audience);
  }

  /** Lines for the person who starts the relay. */
  Stream<String> notes() {
    return audiences.notes();
  }

  /** The authorities whose clients TLS asks for a certificate. */
  static List<ClientAuthorities> clientAuthorities(RelaySettings settings) {
    return settings.audiences().values().stream()
        .flatMap(each -> each.options().clientAuthorities().stream())
        .toList();
  }

  /** The files of those authorities. */
  static Set<Path> clientBundles(RelaySettings settings) {
    return clientAuthorities(settings).stream()
        .flatMap(each -> each.bundles().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Closes what is not in the others too. */
  void closeBut(Optional<RelayedRoutes> others) {
    Closing.all(closesBut(others));
  }

  /** What closes those that are not among the others. */
  List<Runnable> closesBut(Optional<RelayedRoutes> others) {
    List<Runnable> closes = new ArrayList<>();
    routes
        .values()
        .forEach(
            each -> {
              if (others.filter(kept -> kept.routes.containsValue(each)).isEmpty()) {
                closes.add(each.opened().closing());
              }
            });
    closes.addAll(audiences.closesBut(others.map(kept -> kept.audiences)));
    return closes;
  }
}
