package dev.rolecall.cli.arguments;

import dev.rolecall.identity.RoleArn;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The name of a role as users write it: its ARN, and not that of one of its sessions. */
public final class RoleName {

  private static final Pattern SESSION =
      Pattern.compile("(arn:[a-z-]{1,20}):sts::([0-9]{12}):assumed-role/([^/]+)/[^/]+");

  private RoleName() {}

  /**
   * Reads a role's ARN.
   *
   * @throws IllegalArgumentException if it is not one; of a session's ARN, as {@code aws sts
   *     get-caller-identity} prints it, the message names the role's
   */
  static RoleArn arn(String text) {
    try {
      return RoleArn.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(e.getMessage() + hint(text), e);
    }
  }

  /** What to add to a complaint about that text; empty where it is no session's ARN. */
  public static String hint(String text) {
    return meant(text).map(role -> "; did you mean " + role + "?").orElse("");
  }

  /** The role of a session's ARN. A path of the role is not in it: rules do without. */
  private static Optional<String> meant(String text) {
    Matcher session = SESSION.matcher(text);
    return session.matches()
        ? Optional.of(session.group(1) + ":iam::" + session.group(2) + ":role/" + session.group(3))
        : Optional.empty();
  }
}
