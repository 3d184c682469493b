package dev.rolecall.stsemulator;

/**
 * The identity of a signer, in the form of GetCallerIdentity's answer.
 *
 * @param principal the role, user or root behind it
 * @param arn the ARN; a role's path is dropped, a user's kept
 * @param userId {@code aws:userid}
 * @param context what web identity tokens say of its sessions
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable">The
 *     principal table</a>
 */
record CallerIdentity(PrincipalArn principal, String arn, String userId, SessionContext context) {

  static CallerIdentity ofRole(PrincipalArn role, String roleId, String sessionName) {
    return new CallerIdentity(
        role,
        "arn:%s:sts::%s:assumed-role/%s/%s"
            .formatted(role.partition(), role.account(), role.name(), sessionName),
        roleId + ":" + sessionName,
        SessionContext.none());
  }

  static CallerIdentity ofUser(PrincipalArn user, String uniqueId) {
    return new CallerIdentity(user, user.text(), uniqueId, SessionContext.none());
  }

  static CallerIdentity ofRoot(PrincipalArn root) {
    return new CallerIdentity(root, root.text(), root.account(), SessionContext.none());
  }

  static CallerIdentity ofFederatedUser(PrincipalArn user) {
    return new CallerIdentity(
        user, user.text(), user.account() + ":" + user.name(), SessionContext.none());
  }

  /** The credentials that EC2 gives an instance for itself, with or without a role. */
  static CallerIdentity ofInstance(PrincipalArn instance) {
    return new CallerIdentity(
        instance,
        instance.text(),
        instance.account() + ":aws:ec2-instance:" + instance.name(),
        SessionContext.none());
  }

  CallerIdentity withUserId(String other) {
    return new CallerIdentity(principal, arn, other, context);
  }

  CallerIdentity withContext(SessionContext other) {
    return new CallerIdentity(principal, arn, userId, other);
  }

  String account() {
    return principal.account();
  }
}
