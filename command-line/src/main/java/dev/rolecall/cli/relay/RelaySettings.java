package dev.rolecall.cli.relay;

import static java.util.Objects.requireNonNull;

import dev.rolecall.cli.config.ConfigSection;
import dev.rolecall.cli.config.Section;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.proxy.AudienceNames;
import dev.rolecall.cli.proxy.AudienceOptions;
import dev.rolecall.cli.proxy.ProxySettings;
import dev.rolecall.identity.Audience;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a relay is to do, as the options of a command or a configuration file say.
 *
 * @param front what holds for all routes
 * @param audiences who may call, by the name that callers sign for
 * @param routes the routes, by name; each has an audience of those
 */
record RelaySettings(
    Section<RelayFrontOptions> front,
    Map<Audience, Section<AudienceOptions>> audiences,
    Map<String, Section<RouteOptions>> routes)
    implements ProxySettings {

  private static final String AUDIENCES = "audiences";
  private static final String ROUTES = "routes";

  RelaySettings {
    audiences = Map.copyOf(audiences);
    routes = Map.copyOf(routes);
  }

  /**
   * Those of the one route that the arguments of a command describe.
   *
   * @throws CommandFailure if the audience is missing
   */
  static RelaySettings ofArguments(
      RelayFrontOptions front, AudienceOptions audience, RouteOptions route) {
    if (route.audience == null) {
      throw new CommandFailure("--audience: missing (expected: the name that callers sign for)");
    }
    return new RelaySettings(
        Section.ofArguments(front),
        Map.of(route.audience, Section.ofArguments(audience)),
        Map.of("upstream", Section.ofArguments(route)));
  }

  /**
   * Those of a configuration file.
   *
   * @throws CommandFailure if something is wrong with it: a line for each
   */
  static RelaySettings of(ConfigSection root) {
    RelayFrontOptions front = root.options(new RelayFrontOptions(), AUDIENCES, ROUTES);
    Map<Audience, Section<AudienceOptions>> audiences =
        AudienceNames.sections(root, AUDIENCES, AudienceOptions::new);
    Map<String, Section<RouteOptions>> routes = new LinkedHashMap<>();
    root.namedSections(ROUTES)
        .forEach((name, section) -> routes.put(name, route(section, audiences)));
    requireDifferent(routes);
    if (routes.isEmpty()) {
      root.problem("no " + ROUTES + " (expected: a mapping of at least one)");
    }
    root.requireGood();
    return new RelaySettings(
        new Section<>(front, root.contentWithout(AUDIENCES, ROUTES), root), audiences, routes);
  }

  @Override
  public Set<Audience> names() {
    return audiences.keySet();
  }

  @Override
  public void onlyCheck() {
    front.options().onlyCheck();
    audiences.values().forEach(each -> each.options().onlyCheck());
  }

  @Override
  public String counts() {
    return routes.size() + " routes, " + audiences.size() + " audiences";
  }

  /** Whether the others have the same audiences, and say the same of each. */
  boolean saysTheSameOfAudiences(RelaySettings others) {
    return contents(audiences).equals(contents(others.audiences));
  }

  private static Map<Audience, String> contents(Map<Audience, Section<AudienceOptions>> audiences) {
    return audiences.entrySet().stream()
        .collect(
            Collectors.toUnmodifiableMap(Map.Entry::getKey, each -> each.getValue().content()));
  }

  /** Two routes for the same calls: which of them was meant? */
  private static void requireDifferent(Map<String, Section<RouteOptions>> routes) {
    Map<String, String> names = new HashMap<>();
    routes.forEach(
        (name, section) -> {
          String other = names.putIfAbsent(section.options().calls(), name);
          if (other != null) {
            requireNonNull(section.place(), "place")
                .problem(
                    "routes "
                        + name
                        + ": the same calls as those of route "
                        + other
                        + " (expected: another authority, or other services)");
          }
        });
  }

  private static Section<RouteOptions> route(
      ConfigSection section, Map<Audience, Section<AudienceOptions>> audiences) {
    RouteOptions options = section.options(new RouteOptions());
    if (options.audience == null || !audiences.containsKey(options.audience)) {
      section.problem(
          "audience: "
              + (options.audience == null ? "missing" : options.audience)
              + " (expected: one of "
              + audiences.keySet()
              + ")");
    }
    return Section.of(section, options);
  }

  /**
   * A line for the person who starts the relay: where it proves itself and says nothing of callers,
   * a server takes each of them for the relay. Empty for none.
   */
  String proofNote() {
    List<String> taken =
        front.options().identity.areSigned()
            ? List.of()
            : routes.entrySet().stream()
                .filter(each -> each.getValue().options().upstream.areShownProofs())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    return taken.isEmpty()
        ? ""
        : "warning: every caller has this relay's own rights at the servers of "
            + String.join(", ", taken)
            + ", which learn of no other; see --txn-domain";
  }
}
