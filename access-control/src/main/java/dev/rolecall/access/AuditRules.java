package dev.rolecall.access;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.audit.AuditCondition;
import dev.rolecall.access.audit.AuditLog;
import dev.rolecall.policy.MethodPath;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The decisions that are recorded, and where. Immutable.
 *
 * <p>Of the refusals in one minute the first 10 of a kind are recorded: of a role, method and
 * reason. So are at most 50 of an account, and 200 in all. Callers that are not known have the same
 * limits, by peer address instead of role and account. The rest are counted, and the last of a kind
 * is recorded with that count once the minute is over. The log of refusals has the same limits.
 * Records of admitted calls, and of their ends, have none.
 *
 * @param log where records go; by default {@link AuditLog#toLogger()}
 * @param condition which decisions are recorded; by default {@link AuditCondition#ON_DENY}, because
 *     a line for each admitted call costs many times what the decision does
 * @param ofMethods the condition of single methods, whatever the others' is
 * @param requests whether records name the request by its headers {@code x-request-id} and {@code
 *     traceparent}; by default they do not, since reading them costs each call some time
 */
public record AuditRules(
    AuditLog log,
    AuditCondition condition,
    Map<MethodPath, AuditCondition> ofMethods,
    boolean requests) {

  /** Checks that nothing is absent, and copies. */
  public AuditRules {
    requireNonNull(log, "log");
    requireNonNull(condition, "condition");
    ofMethods = Map.copyOf(ofMethods);
  }

  /** The defaults: refusals and forced ends, to the logger {@code rolecall.audit}. */
  public static AuditRules ofDefaults() {
    return new AuditRules(AuditLog.toLogger(), AuditCondition.ON_DENY, Map.of(), false);
  }

  /** The same, recorded there. */
  public AuditRules to(AuditLog log) {
    return new AuditRules(log, condition, ofMethods, requests);
  }

  /** The same for those decisions. */
  public AuditRules on(AuditCondition condition) {
    return new AuditRules(log, condition, ofMethods, requests);
  }

  /** The same, with those decisions about one method, whatever the others' condition. */
  public AuditRules on(MethodPath method, AuditCondition condition) {
    Map<MethodPath, AuditCondition> all = new HashMap<>(ofMethods);
    all.put(requireNonNull(method, "method"), requireNonNull(condition, "condition"));
    return new AuditRules(log, this.condition, all, requests);
  }

  /**
   * The same, where records name the request too: see {@link
   * dev.rolecall.access.audit.Correlation}. The record of a forced end does not: its call's headers
   * were not kept.
   */
  public AuditRules namingRequests() {
    return new AuditRules(log, condition, ofMethods, true);
  }

  AuditCondition of(@Nullable MethodPath method) {
    return method == null ? condition : ofMethods.getOrDefault(method, condition);
  }
}
