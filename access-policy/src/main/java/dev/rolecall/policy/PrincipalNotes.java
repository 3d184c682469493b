package dev.rolecall.policy;

import dev.rolecall.identity.RolePattern;

/** What to say about a principal as it is written. */
final class PrincipalNotes {

  private static final String OWN_NAME = "principal: ";
  private static final String EXPECTED = " (expected: ";
  private static final String SSO_ROLES = "AWSReservedSSO_";

  private PrincipalNotes() {}

  /** The text, and what would be right according to the pattern's own complaint. */
  static String complaint(String key, String text, IllegalArgumentException complaint) {
    String message = String.valueOf(complaint.getMessage());
    int expectedAt = message.lastIndexOf(EXPECTED);
    // A part of the text broke its rule: say which part.
    String rule =
        message.startsWith(OWN_NAME) && expectedAt >= 0
            ? message.substring(expectedAt)
            : ": " + message;
    return key + ": " + Shown.quoted(text) + rule;
  }

  static void noteSurprises(String text, RolePattern pattern, Position at, Findings findings) {
    boolean literal =
        pattern instanceof RolePattern.ExactRole || pattern instanceof RolePattern.PinnedRole;
    if (literal && !pattern.toString().equals(text)) {
      findings.note(
          at,
          "principals: "
              + Shown.quoted(text)
              + " means "
              + pattern
              + ": STS does not tell a role's path");
    }
    if (pattern instanceof RolePattern.RolePrefix prefix && prefix.prefix().startsWith(SSO_ROLES)) {
      findings.note(
          at,
          "principals: "
              + Shown.quoted(text)
              + " means every permission set whose name starts like that;"
              + " sso:{account}:{permission set} means one");
    }
  }
}
