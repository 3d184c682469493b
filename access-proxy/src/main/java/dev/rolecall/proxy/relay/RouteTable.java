package dev.rolecall.proxy.relay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The routes of a relay, in groups: one for each host that routes name, and one for all others. A
 * host's own routes come first in its group, then those for any host.
 */
final class RouteTable {

  private final Map<String, Integer> hosts = new HashMap<>();

  /** In each group, the first route that matches counts. */
  private final List<List<Route>> groups = new ArrayList<>();

  /**
   * A table of those routes.
   *
   * @throws IllegalArgumentException if there is none, if two have one name, or if two are for the
   *     same calls
   */
  RouteTable(List<Route> routes) {
    if (routes.isEmpty()) {
      throw new IllegalArgumentException("routes: none (expected: at least one)");
    }
    checkDistinct(routes);
    groups.add(group(routes, ""));
    for (Route each : routes) {
      if (!each.authority().isEmpty() && !hosts.containsKey(each.authority())) {
        hosts.put(each.authority(), groups.size());
        groups.add(group(routes, each.authority()));
      }
    }
  }

  private static void checkDistinct(List<Route> routes) {
    Set<String> names = new HashSet<>();
    Set<String> calls = new HashSet<>();
    for (Route each : routes) {
      if (!names.add(each.name())) {
        throw new IllegalArgumentException(
            "route " + each.name() + ": twice (expected: a name for each route)");
      }
      if (!calls.add(each.authority() + " " + each.services().text())) {
        throw new IllegalArgumentException(
            "route "
                + each.name()
                + ": another is for the same authority and services (expected: one for each)");
      }
    }
  }

  private static List<Route> group(List<Route> routes, String host) {
    return routes.stream()
        .filter(each -> each.authority().isEmpty() || each.authority().equals(host))
        .sorted(
            Comparator.comparing((Route each) -> each.authority().isEmpty())
                .thenComparing(each -> !each.services().isWhole())
                .thenComparing(each -> -each.services().text().length()))
        .toList();
  }

  /** The number of groups. */
  int groups() {
    return groups.size();
  }

  /** The group of the calls to that authority, which is as the client sent it. */
  int groupOf(@Nullable String authority) {
    if (authority == null || hosts.isEmpty()) {
      return 0;
    }
    return hosts.getOrDefault(hostOf(authority).toLowerCase(Locale.ROOT), 0);
  }

  /** The route of a method; null for none. */
  @Nullable Route find(int group, String fullMethodName) {
    int slash = fullMethodName.lastIndexOf('/');
    if (slash < 0) {
      return null;
    }
    String service = fullMethodName.substring(0, slash);
    for (Route each : groups.get(group)) {
      if (each.services().matches(service)) {
        return each;
      }
    }
    return null;
  }

  /** An authority without its port. The colons of an IPv6 address stand in brackets. */
  static String hostOf(String authority) {
    int colon = authority.lastIndexOf(':');
    return colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
  }

  /** The upstreams of all routes. */
  Set<Upstream> upstreams() {
    return groups.stream()
        .flatMap(group -> group.stream())
        .map(Route::upstream)
        .collect(Collectors.toUnmodifiableSet());
  }
}
