package dev.rolecall.proxy.envoy;

import dev.rolecall.identity.internal.InvalidValue;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The audiences of a checker, by their names. */
final class Audiences {

  private static final System.Logger LOG = System.getLogger("rolecall.proxy");

  private static final int MOST_LOGGED = 100;

  private final Map<String, AudienceChecks> byName;
  private final @Nullable AudienceChecks ofOthers;
  private final Set<String> logged = ConcurrentHashMap.newKeySet();

  /**
   * Those audiences.
   *
   * @param ofOthers the checks of calls whose route names no audience; null to deny them
   */
  Audiences(Map<String, AudienceChecks> byName, @Nullable AudienceChecks ofOthers) {
    this.byName = Map.copyOf(byName);
    this.ofOthers = ofOthers;
  }

  /** All of them. */
  Iterable<AudienceChecks> all() {
    return byName.values();
  }

  /** The checks for that route; null if there are none, which is logged once for each name. */
  @Nullable AudienceChecks of(RouteContext route) {
    AudienceChecks found = route.audience().isEmpty() ? ofOthers : byName.get(route.audience());
    if (found == null && logged.size() < MOST_LOGGED && logged.add(route.audience())) {
      LOG.log(
          Level.WARNING,
          route.audience().isEmpty()
              ? "calls are denied: their route has no audience among its context_extensions, and"
                  + " there is no default audience"
              : "calls are denied: the context_extensions of their route name the audience "
                  + InvalidValue.printable(route.audience())
                  + ", which this checker does not have (expected: one of "
                  + byName.keySet().stream().sorted().toList()
                  + ")");
    }
    return found;
  }
}
