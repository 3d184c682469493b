package dev.rolecall.proxy.config;

import dev.rolecall.policy.Place;
import dev.rolecall.policy.document.internal.KnownKeys;
import dev.rolecall.policy.document.internal.Node;
import dev.rolecall.policy.document.internal.ProblemCode;
import dev.rolecall.policy.document.internal.Remarks;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The problems of a configuration, by their places; at most 100. For one thread. */
public final class ConfigProblems {

  private final Remarks remarks = new Remarks();

  /** No problems yet. */
  public ConfigProblems() {}

  /** Reports what is wrong, and what would be right. */
  public void add(Place at, String message) {
    remarks.problem(at, ProblemCode.WRONG_TYPE, message);
  }

  /** Whether something was reported. */
  public boolean any() {
    return remarks.anyProblem();
  }

  /** A line for each, in the order of the text: {@code relay.yaml:7:3: what is wrong}. */
  public List<String> lines() {
    return remarks.problems().stream().map(each -> each.at() + ": " + each.message()).toList();
  }

  /**
   * The fields by key, each once. Other and repeated keys are reported, with the nearest right one.
   *
   * @param keys the keys that the mapping may have
   */
  public Map<String, ConfigNode.Field> known(ConfigNode.Fields mapping, Collection<String> keys) {
    Map<String, Node.Field> checked =
        KnownKeys.of(keys.toArray(String[]::new)).fieldsOf(ConfigDocument.keysOf(mapping), remarks);
    Map<String, ConfigNode.Field> known = new HashMap<>();
    for (ConfigNode.Field field : mapping.fields()) {
      Node.Field first = checked.get(field.key());
      if (first != null && first.key().at().equals(field.keyAt())) {
        known.put(field.key(), field);
      }
    }
    return known;
  }

  Remarks remarks() {
    return remarks;
  }
}
