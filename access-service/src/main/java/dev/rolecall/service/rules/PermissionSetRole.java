package dev.rolecall.service.rules;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.RoleId;
import dev.rolecall.identity.pattern.RolePattern;
import java.util.Optional;

/**
 * The role that IAM Identity Center made in one account for one permission set. Its sessions are
 * named after users by Identity Center itself, since nothing else can take the role.
 *
 * @param set the permission set in its account
 * @param id the role's unique id. STS names a role without its path, so that a role of another path
 *     would read alike
 * @see <a
 *     href="https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html">Referencing
 *     permission sets</a>
 */
public record PermissionSetRole(RolePattern.PermissionSet set, RoleId id) {

  /** Checks that nothing is absent. */
  public PermissionSetRole {
    requireNonNull(set, "set");
    requireNonNull(id, "id");
  }

  /** Whether a caller of that role is in a session that Identity Center named. */
  public boolean is(IamRole role) {
    return role.id().equals(Optional.of(id)) && set.matches(role.arn());
  }
}
