package dev.rolecall.tests.deploy;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request of AWS, as IAM sees it.
 *
 * @param asker who asks
 * @param action such as {@code sts:AssumeRole}
 * @param resource its ARN; empty in a trust policy, which is the resource's own
 * @param context the condition keys, and a value each; several values of one are joined by {@code
 *     +}
 */
record IamRequest(Asker asker, String action, String resource, Map<String, String> context) {

  IamRequest {
    Map<String, String> all = new TreeMap<>();
    asker.context().forEach((key, value) -> all.put(key.toLowerCase(Locale.ROOT), value));
    context.forEach((key, value) -> all.put(key.toLowerCase(Locale.ROOT), value));
    context = Map.copyOf(all);
  }

  /** The value of a condition key, whose case does not matter. */
  Optional<String> value(String key) {
    return Optional.ofNullable(context.get(key.toLowerCase(Locale.ROOT)));
  }
}
