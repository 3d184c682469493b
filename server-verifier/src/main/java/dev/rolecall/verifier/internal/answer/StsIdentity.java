package dev.rolecall.verifier.internal.answer;

import static java.util.Objects.requireNonNull;

/**
 * The three texts of a GetCallerIdentityResult, as they stand in the answer.
 *
 * @param account {@code Account}
 * @param arn {@code Arn}
 * @param userId {@code UserId}
 */
public record StsIdentity(String account, String arn, String userId) {

  /** Checks that nothing is absent. */
  public StsIdentity {
    requireNonNull(account, "account");
    requireNonNull(arn, "arn");
    requireNonNull(userId, "userId");
  }
}
