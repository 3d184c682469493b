package dev.rolecall.verifier.grpc;

import dev.rolecall.policy.MethodPath;
import dev.rolecall.verifier.audit.AuditCondition;
import io.grpc.MethodDescriptor;
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
  private final AuditCondition auditing;
  private final Map<MethodPath, AuditCondition> auditingOf;

  CalledMethods(AuditCondition auditing, Map<MethodPath, AuditCondition> auditingOf) {
    this.auditing = auditing;
    this.auditingOf = Map.copyOf(auditingOf);
  }

  CalledMethod of(MethodDescriptor<?, ?> descriptor) {
    CalledMethod known = seen.get(descriptor.getFullMethodName());
    return known != null ? known : learn(descriptor);
  }

  private CalledMethod learn(MethodDescriptor<?, ?> descriptor) {
    String name = descriptor.getFullMethodName();
    MethodPath path = path(name);
    CalledMethod method =
        new CalledMethod(
            name,
            path,
            // gRFC A66's rule: generated code says of its methods that they may be recorded by
            // name.
            descriptor.isSampledToLocalTracing() ? name : "other",
            path == null ? auditing : auditingOf.getOrDefault(path, auditing),
            seen.size());
    if (seen.size() < CAPACITY) {
      seen.put(name, method);
    }
    return method;
  }

  private static @Nullable MethodPath path(String fullMethodName) {
    try {
      return MethodPath.ofFullMethodName(fullMethodName);
    } catch (IllegalArgumentException e) {
      // No policy can list such a name, so nobody is allowed to call it.
      return null;
    }
  }
}
