package dev.rolecall.policy.condition;

import java.util.Optional;

/**
 * The facts of one call that conditions read. Read only where a rule with conditions matches the
 * call's caller and method, so an implementation should find them when it is asked, not before.
 *
 * <p>What is unknown is never taken for what is absent: an unknown fact satisfies no condition of
 * an allow rule, and every condition of a deny rule.
 */
public interface CallFacts {

  /** The facts of a call of which nothing is known. */
  static CallFacts unknown() {
    return UnknownFacts.INSTANCE;
  }

  /** Whether the headers are known; if not, {@link #header} is not asked. */
  boolean knowsHeaders();

  /**
   * The value of a header; empty if the call has no such header. The values of a repeated header
   * are joined with commas, in the order they came, as gRFC A43 has it.
   */
  Optional<String> header(HeaderName name);

  /** The address of the connection's peer; empty if it is unknown. */
  Optional<IpAddress> address();
}
