package dev.rolecall.identity.pattern;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.AccountId;
import dev.rolecall.identity.Partition;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import dev.rolecall.identity.internal.InvalidValue;
import dev.rolecall.identity.internal.RoleResource;
import java.util.regex.Pattern;

/** The reader of the spellings that {@link RolePattern} lists. */
final class RolePatternText {

  static final String WHAT = "principal";
  private static final String SSO = "sso:";
  private static final String WHOLE_ACCOUNT = ":*";

  private RolePatternText() {}

  /** A wildcard for the account, or for a part of it. */
  private static final Pattern EVERY_ACCOUNT =
      Pattern.compile("arn:[^:]*:iam::[0-9]*[*?][^:]*:.|sso:([^:]*:)?[0-9]*[*?][^:]*:.");

  static RolePattern parse(String text) {
    requireNonNull(text, "text");
    if (text.equals("*") || EVERY_ACCOUNT.matcher(text).lookingAt()) {
      throw InvalidValue.of(
          WHAT, text, "a pattern of one account: any AWS account can make a valid proof");
    }
    if (text.startsWith(SSO)) {
      return permissionSet(text);
    }
    if (text.startsWith("arn:") && text.endsWith(WHOLE_ACCOUNT)) {
      return wholeAccount(text);
    }
    int pinAt = text.indexOf('#');
    if (pinAt >= 0) {
      return new RolePattern.PinnedRole(
          RoleArn.parse(text.substring(0, pinAt)), RoleId.parse(text.substring(pinAt + 1)));
    }
    if (text.endsWith("*")) {
      return prefix(text);
    }
    if (text.contains("*") || text.contains("?")) {
      throw InvalidValue.of(WHAT, text, "a wildcard nowhere but a * at the very end");
    }
    return new RolePattern.ExactRole(RoleArn.parse(text));
  }

  private static RolePattern permissionSet(String text) {
    String[] parts = text.split(":", -1);
    return switch (parts.length) {
      case 3 -> new RolePattern.PermissionSet(Partition.AWS, AccountId.parse(parts[1]), parts[2]);
      case 4 ->
          new RolePattern.PermissionSet(
              Partition.parse(parts[1]), AccountId.parse(parts[2]), parts[3]);
      default ->
          throw InvalidValue.of(
              WHAT, text, "sso:{account}:{permission set} or sso:{partition}:{account}:{set}");
    };
  }

  private static RolePattern wholeAccount(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length != 6 || !parts[2].equals("iam") || !parts[3].isEmpty()) {
      throw InvalidValue.of(WHAT, text, "arn:{partition}:iam::{account}:*");
    }
    return new RolePattern.WholeAccount(Partition.parse(parts[1]), AccountId.parse(parts[4]));
  }

  private static RolePattern prefix(String text) {
    RoleResource resource = RoleResource.parse(WHAT, text.substring(0, text.length() - 1));
    if (!resource.path().isEmpty()) {
      throw InvalidValue.of(
          WHAT,
          text,
          "a prefix without a path: STS drops paths, so the pattern would mean roles of every path");
    }
    return new RolePattern.RolePrefix(
        Partition.parse(resource.partition()),
        AccountId.parse(resource.account()),
        resource.nameWithoutPath());
  }
}
