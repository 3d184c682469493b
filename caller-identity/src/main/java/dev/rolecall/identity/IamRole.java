package dev.rolecall.identity;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * An IAM role as a principal. A role that was deleted and created again has another unique id, and
 * is another principal.
 *
 * @param arn the role, without its path
 * @param id the role's unique id; empty where the proof of the role does not state it, as an AWS
 *     web identity token does not. An unknown id matches no allow rule that is pinned to one, and
 *     each deny rule
 */
public record IamRole(RoleArn arn, Optional<RoleId> id) implements Principal {

  /** Checks that nothing is absent. */
  public IamRole {
    requireNonNull(arn, "arn");
    requireNonNull(id, "id");
  }

  /** The role with that unique id. */
  public IamRole(RoleArn arn, RoleId id) {
    this(arn, Optional.of(id));
  }

  /**
   * The role of that ARN and unique id.
   *
   * @throws IllegalArgumentException if a text is not the ARN of one IAM role, or not a unique id
   */
  public static IamRole of(String arn, String id) {
    return new IamRole(RoleArn.parse(arn), RoleId.parse(id));
  }

  /** The role of an unknown unique id. */
  public static IamRole ofUnknownId(RoleArn arn) {
    return new IamRole(arn, Optional.empty());
  }

  @Override
  public PrincipalKind kind() {
    return PrincipalKind.IAM_ROLE;
  }

  /** The ARN: {@code arn:{partition}:iam::{account}:role/{name}}. */
  @Override
  public String text() {
    return arn.toString();
  }

  /** The digits of the role's account. */
  @Override
  public String group() {
    return arn.account().digits();
  }

  @Override
  public String toString() {
    return text();
  }
}
