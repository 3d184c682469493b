package dev.rolecall.testing;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Caller;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.stsemulator.PermissionSet;
import java.util.Locale;
import java.util.Optional;

/**
 * A holder of test grants: a principal, and of a permission set's role the one user.
 *
 * @param principal the text of the principal
 * @param roleId the unique id of the role; empty where any will do
 * @param user the session's name in lower case; empty for every session
 */
record GrantHolder(String principal, Optional<String> roleId, Optional<String> user) {

  private static final String PERMISSION_SETS = ":role/AWSReservedSSO_";

  GrantHolder {
    requireNonNull(principal, "principal");
    requireNonNull(roleId, "roleId");
    requireNonNull(user, "user");
  }

  /** Whatever its id: the emulator gives a role one at random. */
  static GrantHolder role(String arn) {
    return new GrantHolder(RoleArn.parse(arn).toString(), Optional.empty(), Optional.empty());
  }

  static GrantHolder user(PermissionSet set, String user) {
    return new GrantHolder(
        role(set.roleArn()).principal(),
        Optional.of(set.roleId()),
        Optional.of(user.toLowerCase(Locale.ROOT)));
  }

  static GrantHolder of(Caller caller) {
    String principal = caller.principal().text();
    return new GrantHolder(
        principal,
        roleId(caller),
        principal.contains(PERMISSION_SETS) ? user(caller) : Optional.empty());
  }

  private static Optional<String> roleId(Caller caller) {
    return caller.role().flatMap(IamRole::id).map(id -> id.value());
  }

  private static Optional<String> user(Caller caller) {
    return caller.evidence().sessionName().map(name -> name.toLowerCase(Locale.ROOT));
  }

  /** Whether a caller is this holder. */
  boolean is(Caller caller) {
    return caller.principal().text().equals(principal)
        && (roleId.isEmpty() || roleId.equals(roleId(caller)))
        && (user.isEmpty() || user.equals(user(caller)));
  }
}
