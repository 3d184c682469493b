package dev.rolecall.identity;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.RoleResource;

/**
 * One IAM role: its partition, account and name. The role's path is not part of it: STS drops the
 * path from an assumed role's ARN, and role names are unique in an account whatever the path.
 *
 * @param partition the role's partition
 * @param account the role's account
 * @param name the role's name
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html">IAM
 *     quotas, name uniqueness</a>
 */
public record RoleArn(Partition partition, AccountId account, RoleName name) {

  /** Checks that nothing is absent. */
  public RoleArn {
    requireNonNull(partition, "partition");
    requireNonNull(account, "account");
    requireNonNull(name, "name");
  }

  /**
   * Reads {@code arn:{partition}:iam::{account}:role/{path/}{name}}. A path is accepted and
   * dropped: {@link #toString()} then differs from what was written.
   *
   * @throws IllegalArgumentException if the text is not the ARN of one IAM role; the message names
   *     the text and the rule
   */
  public static RoleArn parse(String text) {
    RoleResource resource = RoleResource.parse("role ARN", text);
    return new RoleArn(
        Partition.parse(resource.partition()),
        AccountId.parse(resource.account()),
        RoleName.parse(resource.nameWithoutPath()));
  }

  /** The ARN without a path: {@code arn:{partition}:iam::{account}:role/{name}}. */
  @Override
  public String toString() {
    return "arn:" + partition + ":iam::" + account + ":role/" + name;
  }
}
