package dev.rolecall.identity;

import java.util.function.Function;

/**
 * The identity of a caller, whatever credential proved it. An immutable value, compared by all of
 * its parts. A kind is an arm of this family; a new arm breaks each {@link #fold} at compile time.
 */
public sealed interface Principal permits IamRole, ApiClient {

  /**
   * The one spelling of the principal: {@code arn:aws:iam::111122223333:role/checkout}, {@code
   * key:ci}.
   */
  String text();

  /**
   * The name that records are bounded by together, so that one owner of many principals cannot
   * crowd out the rest: the account of a role, the text itself of an API client.
   */
  String group();

  /** Calls the function of the arm this is. */
  default <T> T fold(Function<IamRole, T> role, Function<ApiClient, T> client) {
    if (this instanceof IamRole iamRole) {
      return role.apply(iamRole);
    }
    if (this instanceof ApiClient apiClient) {
      return client.apply(apiClient);
    }
    throw new AssertionError(this);
  }
}
