package dev.rolecall.tests.policies;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.json.JsonMapper;

/** A valid policy's text as a tree, to be changed in one part. The changed texts are JSON. */
final class PolicyTree {

  private static final JsonMapper JSON = new JsonMapper();

  /** Lists that may be left out, but not left empty. */
  private static final List<String> OPTIONAL =
      List.of(
          "deny_rules",
          "allow_rules",
          "public_methods",
          "networks",
          "headers",
          "claims",
          "scopes",
          "tags",
          "actors",
          "requires_grant",
          "resource");

  private final Map<?, ?> root;

  private PolicyTree(Map<?, ?> root) {
    this.root = root;
  }

  static PolicyTree of(String text) {
    return new PolicyTree(
        (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(text));
  }

  /** The texts without one item of one list, or without one list. */
  List<String> withoutOnePart() {
    return withoutOne(root).stream().map(JSON::writeValueAsString).distinct().toList();
  }

  private static List<Map<String, Object>> withoutOne(Map<?, ?> mapping) {
    List<Map<String, Object>> all = new ArrayList<>();
    mapping.forEach(
        (name, value) -> {
          String key = String.valueOf(name);
          if (OPTIONAL.contains(key)) {
            Map<String, Object> without = copy(mapping);
            without.remove(key);
            all.add(without);
          }
          if (value instanceof List<?> list) {
            listsWithoutOne(list).forEach(shorter -> all.add(with(mapping, key, shorter)));
          } else if (value instanceof Map<?, ?> inner) {
            withoutOne(inner).forEach(smaller -> all.add(with(mapping, key, smaller)));
          }
        });
    return all;
  }

  private static List<List<Object>> listsWithoutOne(List<?> list) {
    List<List<Object>> all = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      if (list.size() > 1) {
        List<Object> shorter = new ArrayList<>(list);
        shorter.remove(i);
        all.add(shorter);
      }
      if (list.get(i) instanceof Map<?, ?> item) {
        for (Map<String, Object> smaller : withoutOne(item)) {
          List<Object> changed = new ArrayList<>(list);
          changed.set(i, smaller);
          all.add(changed);
        }
      }
    }
    return all;
  }

  /** The texts in which one principal or path of one allow rule means much more. */
  List<String> withOnePartWidened() {
    List<String> all = new ArrayList<>();
    List<?> rules = root.get("allow_rules") instanceof List<?> list ? list : List.of();
    for (int i = 0; i < rules.size(); i++) {
      Map<?, ?> rule = (Map<?, ?>) rules.get(i);
      for (Map<String, Object> wider :
          Stream.concat(
                  widened(rule, "source", "principals").stream(),
                  widened(rule, "request", "paths").stream())
              .toList()) {
        List<Object> changed = new ArrayList<>(rules);
        changed.set(i, wider);
        all.add(JSON.writeValueAsString(with(root, "allow_rules", changed)));
      }
    }
    return all;
  }

  private static List<Map<String, Object>> widened(Map<?, ?> rule, String outer, String inner) {
    Map<?, ?> mapping = (Map<?, ?>) requireNonNull(rule.get(outer), outer);
    List<?> items = (List<?>) requireNonNull(mapping.get(inner), inner);
    List<Map<String, Object>> all = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      String item = String.valueOf(items.get(i));
      String wider = inner.equals("paths") ? "/*" : wider(item);
      if (!wider.equals(item)) {
        List<Object> changed = new ArrayList<>(items);
        changed.set(i, wider);
        all.add(with(rule, outer, with(mapping, inner, changed)));
      }
    }
    return all;
  }

  /**
   * The whole account, issuer or trust domain; a group's own members are widened where the group
   * is.
   */
  private static String wider(String principal) {
    return principal
        .replaceFirst("^(arn:[^:]*:iam::[^:]*:).*", "$1*")
        .replaceFirst("^sso:([^:]*):[^:]*$", "arn:aws:iam::$1:*")
        .replaceFirst("^(?:oidc|client):([^:]*):.*", "oidc:$1:*")
        .replaceFirst("^(spiffe://[^/]*/).*", "$1*");
  }

  private static Map<String, Object> with(Map<?, ?> mapping, String key, Object value) {
    Map<String, Object> copy = copy(mapping);
    copy.put(key, value);
    return copy;
  }

  private static Map<String, Object> copy(Map<?, ?> mapping) {
    Map<String, Object> copy = new LinkedHashMap<>();
    mapping.forEach((key, value) -> copy.put(String.valueOf(key), value));
    return copy;
  }
}
