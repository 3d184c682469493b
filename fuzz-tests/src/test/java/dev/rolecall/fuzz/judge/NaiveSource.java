package dev.rolecall.fuzz.judge;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The source of a rule as it is written, which says the callers that the rule means.
 *
 * @param source the mapping of that name
 */
public record NaiveSource(Map<?, ?> source) {

  /** Its principals. */
  public List<String> principals() {
    return NaivePolicy.texts(source.get("principals"));
  }

  /** Its conditions on claims and on tags. */
  public List<Map<?, ?>> conditions(String key) {
    return NaivePolicy.items(source.get(key)).stream().<Map<?, ?>>map(Map.class::cast).toList();
  }

  /** The scopes that it asks for. */
  public List<String> scopes() {
    return NaivePolicy.texts(source.get("scopes"));
  }

  /** The actors that it lists; none if it lists none. */
  public List<String> actors() {
    return NaivePolicy.texts(source.get("actors"));
  }

  /** The permission and the resource of the grant that it requires; empty if it requires none. */
  String grant() {
    Object grant = source.get("requires_grant");
    if (grant instanceof Map<?, ?> named) {
      Object resource = named.get("resource");
      return named.get("permission") + (resource == null ? "" : " " + resource);
    }
    return grant == null ? "" : String.valueOf(grant);
  }

  /**
   * Whether it means the caller.
   *
   * @param deny whether a deny rule has it: then what is unknown matches
   */
  boolean means(NaiveCaller caller, boolean deny) {
    return (isListed(caller, principals(), deny)
            || (deny
                && caller.acting().map(actor -> isListed(actor, principals(), true)).orElse(false)))
        && actorFits(caller, deny)
        && conditions("claims").stream()
            .allMatch(each -> holds(each, at(caller.claims(), names(each.get("claim"))), deny))
        && conditions("tags").stream()
            .allMatch(
                each -> holds(each, Optional.ofNullable(caller.tags().get(each.get("tag"))), deny))
        && scopes().stream()
            .allMatch(scope -> caller.scopes().isEmpty() ? deny : caller.scopes().contains(scope));
  }

  private static boolean isListed(NaiveCaller caller, List<String> principals, boolean deny) {
    return principals.stream().anyMatch(principal -> NaivePrincipal.means(principal, caller, deny));
  }

  private boolean actorFits(NaiveCaller caller, boolean deny) {
    if (source.get("actors") instanceof Collection<?>) {
      return caller.acting().map(actor -> isListed(actor, actors(), deny)).orElse(false);
    }
    return deny || source.get("actors") != null || caller.actor().isEmpty();
  }

  /** A claim's name, or the names that lead to it. */
  public static List<String> names(@Nullable Object claim) {
    return claim instanceof Collection<?> names
        ? NaivePolicy.texts(names)
        : List.of(String.valueOf(claim));
  }

  private static Optional<Object> at(Map<?, ?> claims, List<String> names) {
    Object value = claims;
    for (String name : names) {
      value = value instanceof Map<?, ?> members ? members.get(name) : null;
    }
    return Optional.ofNullable(value);
  }

  private static boolean holds(Map<?, ?> test, Optional<?> value, boolean deny) {
    Object is = value.map(NaiveSource::comparable).orElse(Void.TYPE);
    if (test.containsKey("contains")) {
      return is instanceof Collection<?> items
          ? items.contains(comparable(test.get("contains")))
          : deny;
    }
    if (test.containsKey("prefix")) {
      return is instanceof String text ? text.startsWith((String) test.get("prefix")) : deny;
    }
    List<Object> wanted =
        (test.containsKey("equals")
                ? Stream.of(test.get("equals"))
                : NaivePolicy.items(test.get("any_of")).stream())
            .map(NaiveSource::comparable)
            .toList();
    boolean ofTheType = wanted.stream().anyMatch(each -> each.getClass() == is.getClass());
    return ofTheType ? wanted.contains(is) : deny;
  }

  /** Whole numbers as one type, since a reader makes short ones of another. */
  private static Object comparable(@Nullable Object value) {
    if (value instanceof Integer number) {
      return number.longValue();
    }
    return value instanceof Collection<?> items
        ? items.stream().map(NaiveSource::comparable).toList()
        : value == null ? Void.TYPE : value;
  }
}
