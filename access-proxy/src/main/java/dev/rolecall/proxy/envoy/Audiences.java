package dev.rolecall.proxy.envoy;

import dev.rolecall.identity.internal.InvalidValue;
import dev.rolecall.proxy.internal.check.RouteContext;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The audiences of a checker, by their names. They may be replaced. */
final class Audiences {

  private static final System.Logger LOG = System.getLogger("rolecall.proxy");

  private static final int MOST_LOGGED = 100;

  /**
   * The audiences at one time.
   *
   * @param ofOthers the checks of calls whose route names no audience; null to deny them
   */
  private record Table(Map<String, AudienceChecks> byName, @Nullable AudienceChecks ofOthers) {}

  private final Function<CheckedAudience, AudienceChecks> making;
  private final Set<String> logged = ConcurrentHashMap.newKeySet();
  private volatile Table table;

  /**
   * Those audiences.
   *
   * @param audiences at least one, each with a name of its own
   * @param ofOthers the audience of calls whose route names none, one of the others; null to deny
   *     such calls
   * @param making makes the checks of an audience
   */
  Audiences(
      Collection<CheckedAudience> audiences,
      @Nullable CheckedAudience ofOthers,
      Function<CheckedAudience, AudienceChecks> making) {
    this.making = making;
    this.table = table(audiences, ofOthers, Map.of());
  }

  private Table table(
      Collection<CheckedAudience> audiences,
      @Nullable CheckedAudience ofOthers,
      Map<String, AudienceChecks> before) {
    Map<String, AudienceChecks> byName = new LinkedHashMap<>();
    for (CheckedAudience each : audiences) {
      AudienceChecks known = before.get(each.name().name());
      AudienceChecks checks =
          known != null && known.audience() == each ? known : making.apply(each);
      if (byName.putIfAbsent(each.name().name(), checks) != null) {
        throw new IllegalArgumentException(
            "audience: " + each.name() + " is given twice (expected: once)");
      }
    }
    if (byName.isEmpty()) {
      throw new IllegalArgumentException("audience: none (expected: at least one)");
    }
    return new Table(byName, ofOthers == null ? null : byName.get(ofOthers.name().name()));
  }

  /** Checks that come from now on are judged by those; one that is the same keeps what it knows. */
  void replace(Collection<CheckedAudience> audiences, @Nullable CheckedAudience ofOthers) {
    table = table(audiences, ofOthers, table.byName());
    logged.clear();
  }

  /** All of them. */
  Iterable<AudienceChecks> all() {
    return table.byName().values();
  }

  /** The checks for that route; null if there are none, which is logged once for each name. */
  @Nullable AudienceChecks of(RouteContext route) {
    Table now = table;
    AudienceChecks found =
        route.audience().isEmpty() ? now.ofOthers() : now.byName().get(route.audience());
    if (found == null && logged.size() < MOST_LOGGED && logged.add(route.audience())) {
      LOG.log(
          Level.WARNING,
          route.audience().isEmpty()
              ? "calls are denied: their route has no audience among its context_extensions, and"
                  + " there is no default audience"
              : "calls are denied: the context_extensions of their route name the audience "
                  + InvalidValue.printable(route.audience())
                  + ", which this checker does not have (expected: one of "
                  + now.byName().keySet().stream().sorted().toList()
                  + ")");
    }
    return found;
  }
}
