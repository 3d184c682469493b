package dev.rolecall.access;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.MethodPath;
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

  private final Map<String, CalledMethod> seen = new ConcurrentHashMap<>();
  private final AuditRules audit;
  private final Enforcement enforcement;

  CalledMethods(AuditRules audit, Enforcement enforcement) {
    this.audit = requireNonNull(audit, "audit");
    this.enforcement = requireNonNull(enforcement, "enforcement");
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
            registered ? fullName : "other",
            audit.of(path),
            seen.size(),
            enforcement.holdsFor(path));
    if (seen.size() < CAPACITY) {
      seen.put(fullName, method);
    }
    return method;
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
