package dev.rolecall.access.call;

import dev.rolecall.policy.condition.HeaderName;
import java.util.List;
import java.util.Optional;

/**
 * Reads the headers of calls in the form that a door has them. Asked only where a rule with
 * conditions on headers means the call's caller and method, or where records name requests. Safe
 * for use by many threads; has no state, and never blocks.
 *
 * @param <H> the headers of one call
 */
public interface HeaderReader<H> {

  /**
   * A reader for a door that does not know its calls' headers. They then satisfy no allow rule with
   * conditions on headers, and each deny rule with such conditions.
   */
  static HeaderReader<Object> ofUnknown() {
    return UnknownHeaders.INSTANCE;
  }

  /** Whether the door knows the headers, as nearly all do. */
  default boolean knowsHeaders() {
    return true;
  }

  /**
   * The value of a header; empty if the call has no such header. The values of a repeated header
   * are joined with commas, in the order they came.
   */
  Optional<String> value(H headers, HeaderName name);

  /**
   * The grant token that the call brought: the value of its header {@code rolecall-grant}. Empty if
   * it has none, or more than one: two readers could take different ones. Asked only once the
   * caller is verified, and where no grant that the server knows of allows the call. By default
   * there is none.
   */
  default Optional<String> grantToken(H headers) {
    return Optional.empty();
  }

  /**
   * The values of the header {@code txn-token}, in which a proxy tells who called it: one as a
   * rule. Asked only where the server trusts proxies, and once the caller is verified. By default
   * there are none.
   */
  default List<String> transactionTokens(H headers) {
    return List.of();
  }

  /**
   * A copy that later changes of the call's headers do not reach. It is kept for as long as the
   * call lives, so it has no credential, grant token or transaction token of the call's.
   */
  H copy(H headers);
}
