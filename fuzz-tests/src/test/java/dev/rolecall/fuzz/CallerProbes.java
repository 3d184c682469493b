package dev.rolecall.fuzz;

import static java.util.Objects.requireNonNull;

import dev.rolecall.fuzz.judge.NaiveCaller;
import dev.rolecall.fuzz.judge.NaivePolicy;
import dev.rolecall.fuzz.judge.NaivePrincipal;
import dev.rolecall.fuzz.judge.NaiveSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Callers to ask about that a token or a certificate may prove, roles of unknown id among them:
 * those that principals seem to mean, and that come close; each with nothing beside it, with all
 * that a rule asks for, and with nearly all of it.
 */
final class CallerProbes {

  private static final int MOST = 6;
  private static final int LONGEST = 255;

  private CallerProbes() {}

  static Stream<NaiveCaller> of(NaivePolicy written) {
    List<String> principals =
        written.principals().stream()
            .filter(principal -> !principal.startsWith("group:"))
            .limit(MOST)
            .flatMap(CallerProbes::near)
            .distinct()
            .toList();
    return principals.stream()
        .flatMap(
            principal ->
                Stream.concat(
                    Stream.of(NaiveCaller.of(principal)),
                    written.sources().stream()
                        .limit(MOST)
                        .flatMap(source -> meeting(principal, source))));
  }

  /** Texts of callers that a server could make: what is no principal of a caller is left out. */
  private static Stream<String> near(String principal) {
    if (NaivePrincipal.isOfRoles(principal)) {
      return Stream.of(principal.replaceFirst("#.*", ""))
          .filter(NaivePrincipal::isRoleArn)
          .map(NaivePrincipal::withoutPath);
    }
    String start = principal.replaceFirst("[*]$", "");
    Stream<String> texts =
        principal.startsWith("client:")
            ? Stream.of("oidc:" + principal.substring("client:".length()))
            : Stream.of(start, start + "x", start + "x/x", start.substring(0, start.length() - 1));
    return texts
        .filter(text -> text.length() <= LONGEST)
        .filter(text -> Oracle.parsed(() -> StatedCaller.of(NaiveCaller.of(text))).isPresent());
  }

  private static Stream<NaiveCaller> meeting(String principal, NaiveSource source) {
    Optional<NaivePrincipal.Role> role = NaiveCaller.of(principal).role();
    Map<String, Object> claims = new HashMap<>();
    source
        .conditions("claims")
        .forEach(each -> put(claims, NaiveSource.names(each.get("claim")), value(each)));
    Map<String, String> tags = new HashMap<>();
    source
        .conditions("tags")
        .forEach(each -> tags.put(String.valueOf(each.get("tag")), String.valueOf(value(each))));
    Optional<String> client =
        source.principals().stream()
            .filter(each -> each.startsWith("client:"))
            .map(each -> each.substring(each.indexOf(':', "client:".length()) + 1))
            .findFirst();
    Optional<String> actor = source.actors().stream().flatMap(CallerProbes::near).findFirst();
    Set<String> scopes = new HashSet<>(source.scopes());
    return Stream.of(
        new NaiveCaller(principal, role, client, scopes, claims, tags, actor),
        new NaiveCaller(principal, role, client, scopes, claims, tags, Optional.empty()),
        new NaiveCaller(principal, role, client, Set.of("x"), claims, tags, actor),
        new NaiveCaller(principal, role, client, scopes, Map.of(), tags, actor));
  }

  @SuppressWarnings("unchecked")
  private static void put(Map<String, Object> claims, List<String> names, Object value) {
    Map<String, Object> at = claims;
    for (String name : names.subList(0, names.size() - 1)) {
      Object members = at.computeIfAbsent(name, missing -> new HashMap<String, Object>());
      if (!(members instanceof Map<?, ?>)) {
        return;
      }
      at = (Map<String, Object>) members;
    }
    at.put(names.get(names.size() - 1), value);
  }

  private static Object value(Map<?, ?> condition) {
    if (condition.containsKey("contains")) {
      return List.of("x", String.valueOf(condition.get("contains")));
    }
    if (condition.containsKey("prefix")) {
      return condition.get("prefix") + "x";
    }
    return condition.containsKey("any_of")
        ? ((List<?>) condition.get("any_of")).get(0)
        : requireNonNull(condition.get("equals"), "equals");
  }
}
