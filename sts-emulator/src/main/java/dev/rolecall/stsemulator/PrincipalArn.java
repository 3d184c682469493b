package dev.rolecall.stsemulator;

import dev.rolecall.stsemulator.internal.InvalidValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ARN of a principal that can sign: a role, an IAM user, an account's root user, a federated
 * user, or an EC2 instance by itself.
 *
 * @param text the whole ARN, path included
 * @param kind which of the five
 * @param partition the partition
 * @param account the account's twelve digits
 * @param name the name without its path; empty for root
 */
record PrincipalArn(String text, Kind kind, String partition, String account, String name) {

  enum Kind {
    ROLE,
    USER,
    ROOT,
    FEDERATED_USER,
    INSTANCE
  }

  /** The path of the roles of permission sets, which IAM Identity Center alone may use. */
  static final String PERMISSION_SETS = "aws-reserved/sso.amazonaws.com/";

  private static final int LONGEST = 2_048;
  private static final String START = "arn:(aws(?:-[a-z]{1,8}){0,3}):";
  private static final String ACCOUNT = "([0-9]{12}):";
  private static final String PATH = "/(?:[!-.0-~]{1,511}/){0,256}";
  private static final String NAME = "([A-Za-z0-9_+=,.@-]{1,64})";
  private static final Pattern ROLE = form("iam::", "role" + PATH + NAME);
  private static final Pattern USER = form("iam::", "user" + PATH + NAME);
  private static final Pattern ROOT = form("iam::", "root()");
  private static final Pattern FEDERATED_USER = form("sts::", "federated-user/" + NAME);

  private static final Pattern INSTANCE =
      form("sts::", "assumed-role/aws:ec2-instance/(i-[0-9a-f]{8,17})");

  private static Pattern form(String service, String resource) {
    return Pattern.compile(START + service + ACCOUNT + resource);
  }

  /**
   * Reads an ARN of one of the five kinds.
   *
   * @throws IllegalArgumentException if the text has none of these forms
   */
  static PrincipalArn parse(String text) {
    for (Kind kind : Kind.values()) {
      Matcher form = formOf(kind).matcher(text);
      if (text.length() <= LONGEST && form.matches()) {
        return new PrincipalArn(text, kind, form.group(1), form.group(2), form.group(3));
      }
    }
    throw InvalidValue.of(
        "principal ARN",
        text,
        "arn:{partition}:iam::{12 digits}:role/{path/}{name}, ...:user/{path/}{name}, ...:root,"
            + " or arn:{partition}:sts::{12 digits}:federated-user/{name},"
            + " ...:assumed-role/aws:ec2-instance/{i-...}");
  }

  private static Pattern formOf(Kind kind) {
    return switch (kind) {
      case ROLE -> ROLE;
      case USER -> USER;
      case ROOT -> ROOT;
      case FEDERATED_USER -> FEDERATED_USER;
      case INSTANCE -> INSTANCE;
    };
  }

  boolean isRole() {
    return kind == Kind.ROLE;
  }

  /** Whether it is the role of a permission set, whose sessions Identity Center alone opens. */
  boolean isOfPermissionSet() {
    return isRole() && text.contains(":role/" + PERMISSION_SETS);
  }

  /** Whether its access keys last until deleted and come without a session token. */
  boolean hasLongTermKeys() {
    return kind == Kind.USER || kind == Kind.ROOT;
  }

  /** What IAM keeps unique: partition, account, kind and name, whatever the path. */
  String key() {
    return String.join(":", partition, account, kind.name(), name);
  }

  @Override
  public String toString() {
    return text;
  }
}
