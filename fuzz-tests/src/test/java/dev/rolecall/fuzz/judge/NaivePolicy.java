package dev.rolecall.fuzz.judge;

import dev.rolecall.policy.Decision;
import dev.rolecall.policy.RuleName;
import dev.rolecall.policy.Validity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Decides by walking the file as it was written: each deny rule from the top, then each allow rule
 * that needs no grant from the top, then those that do, then no. Compiles, caches and checks
 * nothing.
 */
public final class NaivePolicy {

  private final Map<?, ?> root;

  /**
   * A decision.
   *
   * @param allowed whether it is yes
   * @param rule the rule behind it; empty when no rule matches
   * @param readsCall whether a rule with conditions came first that means the caller and the method
   * @param needs the rules that would allow it with a grant, and the grant of each; none for a yes,
   *     and for a no that a deny rule says
   */
  public record Answer(boolean allowed, String rule, boolean readsCall, List<String> needs) {

    /** The answer that a decision is. */
    public static Answer of(Decision decision) {
      return new Answer(
          decision.isAllowed(),
          decision.rule().map(RuleName::value).orElse(""),
          decision.validity() instanceof Validity.ThisCallOnly,
          decision.fold(
              allowed -> List.of(),
              denied -> List.of(),
              needs ->
                  needs.choices().get(0).stream()
                      .map(each -> each.rule() + " needs " + each.requirement())
                      .toList()));
    }
  }

  /**
   * A rule.
   *
   * @param source the callers that it means
   */
  private record Rule(
      String name, NaiveSource source, List<String> paths, NaiveConditions conditions) {
    boolean means(NaiveCaller caller, String method, boolean deny) {
      return paths.stream().anyMatch(path -> pathMeans(path, method)) && source.means(caller, deny);
    }
  }

  private NaivePolicy(Map<?, ?> root) {
    this.root = root;
  }

  /** The policy that a text, YAML or JSON, is; the text must be a valid policy. */
  public static NaivePolicy of(String text) {
    // JSON may be indented by tabs.
    String spaced = text.stripLeading().startsWith("{") ? text.replace('\t', ' ') : text;
    LoadSettings settings =
        LoadSettings.builder().setAllowDuplicateKeys(false).setCodePointLimit(1 << 21).build();
    return new NaivePolicy((Map<?, ?>) new Load(settings).loadFromString(spaced));
  }

  /** The policy's name. */
  public String name() {
    return String.valueOf(root.get("name"));
  }

  /** Whether the caller may call the method by that call. */
  public Answer decide(NaiveCaller caller, String method, NaiveCall call) {
    boolean readsCall = false;
    List<String> needs = new ArrayList<>();
    for (String section : List.of("deny_rules", "allow_rules")) {
      boolean deny = section.equals("deny_rules");
      for (Rule rule : rules(section)) {
        if (rule.means(caller, method, deny)) {
          readsCall |= !rule.conditions().isNone();
          if (rule.conditions().hold(call, deny)) {
            String grant = rule.source().grant();
            if (grant.isEmpty()) {
              return new Answer(!deny, rule.name(), readsCall, List.of());
            }
            needs.add(rule.name() + " needs " + grant);
          }
        }
      }
    }
    return new Answer(false, "", readsCall, needs);
  }

  /** The conditions of every rule that has some. */
  public List<NaiveConditions> conditions() {
    return allRules().map(Rule::conditions).filter(each -> !each.isNone()).toList();
  }

  /** Whether anyone may call the method. */
  public boolean isPublic(String method) {
    return texts(root.get("public_methods")).stream().anyMatch(path -> pathMeans(path, method));
  }

  /** The sources of all rules. */
  public List<NaiveSource> sources() {
    return allRules().map(Rule::source).toList();
  }

  /** Every principal of every rule. */
  public List<String> principals() {
    return allRules().flatMap(rule -> rule.source().principals().stream()).distinct().toList();
  }

  /** Every path of every rule and of the public methods. */
  public List<String> paths() {
    return Stream.concat(
            allRules().flatMap(rule -> rule.paths().stream()),
            texts(root.get("public_methods")).stream())
        .distinct()
        .toList();
  }

  private Stream<Rule> allRules() {
    return Stream.concat(rules("deny_rules").stream(), rules("allow_rules").stream());
  }

  private List<Rule> rules(String section) {
    return items(root.get(section)).stream()
        .map(
            item -> {
              Map<?, ?> rule = (Map<?, ?>) item;
              return new Rule(
                  String.valueOf(rule.get("name")),
                  new NaiveSource(
                      rule.get("source") instanceof Map<?, ?> source ? source : Map.of()),
                  texts(under(rule.get("request"), "paths")),
                  new NaiveConditions(
                      texts(under(rule.get("source"), "networks")),
                      headers(under(rule.get("request"), "headers"))));
            })
        .toList();
  }

  private static Map<String, List<String>> headers(@Nullable Object list) {
    return items(list).stream()
        .map(item -> (Map<?, ?>) item)
        .collect(
            Collectors.toMap(
                header -> String.valueOf(header.get("key")),
                header -> texts(header.get("values"))));
  }

  private static @Nullable Object under(@Nullable Object mapping, String key) {
    return mapping instanceof Map<?, ?> fields ? fields.get(key) : null;
  }

  static List<String> texts(@Nullable Object list) {
    return items(list).stream().map(String::valueOf).toList();
  }

  static List<?> items(@Nullable Object list) {
    return list instanceof Collection<?> items ? List.copyOf(items) : List.of();
  }

  private static boolean pathMeans(String path, String method) {
    return path.endsWith("*")
        ? method.startsWith(path.substring(0, path.length() - 1))
        : path.equals(method);
  }
}
