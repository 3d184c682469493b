package dev.rolecall.access;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.internal.accept.Enforcement;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.policy.PolicySource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The methods seen, by full name.
 *
 * <p>Bounded: a server with a fallback registry, such as a proxy, accepts whatever name a peer
 * makes up. What finds no place is worked out anew for each call.
 */
final class CalledMethods {

  static final int CAPACITY = 4_096;

  /** The label of a name that a peer may have made up. */
  static final String OTHER = "other";

  private final Map<String, CalledMethod> seen = new ConcurrentHashMap<>();
  private final AuditRules audit;
  private final Enforcement enforcement;
  private final PolicySource policies;

  /**
   * No methods yet.
   *
   * @param policies say which methods that no server registered have a label all the same: those
   *     that they list by their whole path
   */
  CalledMethods(AuditRules audit, Enforcement enforcement, PolicySource policies) {
    this.audit = requireNonNull(audit, "audit");
    this.enforcement = requireNonNull(enforcement, "enforcement");
    this.policies = requireNonNull(policies, "policies");
  }

  /** The policy has changed: methods that had no label may have one now. */
  void policyChanged() {
    seen.values().removeIf(method -> method.label().equals(OTHER));
  }

  CalledMethod of(String fullName, boolean registered) {
    CalledMethod known = seen.get(fullName);
    return known != null ? known : learn(fullName, registered);
  }

  private CalledMethod learn(String fullName, boolean registered) {
    MethodPath path = path(fullName);
    CalledMethod method =
        new CalledMethod(
            fullName,
            path,
            registered || isNamed(path) ? fullName : OTHER,
            audit.of(path),
            seen.size(),
            enforcement.holdsFor(path));
    if (seen.size() < CAPACITY) {
      seen.put(fullName, method);
    }
    return method;
  }

  private boolean isNamed(@Nullable MethodPath path) {
    try {
      return path != null && policies.current().names(path);
    } catch (RuntimeException e) {
      // Going on is safe: only a label is lost, and the judgement meets the same source.
      return false;
    }
  }

  private static @Nullable MethodPath path(String fullName) {
    try {
      return MethodPath.ofFullMethodName(fullName);
    } catch (IllegalArgumentException e) {
      // No policy can list such a name, so no caller is allowed to call it.
      return null;
    }
  }
}
