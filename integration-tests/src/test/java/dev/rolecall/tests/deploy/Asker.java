package dev.rolecall.tests.deploy;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sender of a request to AWS.
 *
 * @param kind what it is
 * @param name the service, the issuer of the token, or the ARN of the role; empty for an anonymous
 *     one
 */
record Asker(Kind kind, String name) {

  private static final Pattern TEXT = Pattern.compile("(service|token|role) (\\S+)|nobody");
  private static final Pattern ROLE = Pattern.compile("arn:aws:iam::(\\d{12}):role/\\S+");

  /** The kind of sender. */
  enum Kind {
    SERVICE,
    TOKEN,
    ROLE,
    NOBODY
  }

  Asker {
    if (kind == Kind.ROLE && !ROLE.matcher(name).matches()) {
      throw new IllegalArgumentException(name + " (expected: the ARN of a role)");
    }
  }

  /** Reads {@code service NAME}, {@code token ISSUER}, {@code role ARN} or {@code nobody}. */
  static Asker parse(String text) {
    Matcher match = TEXT.matcher(text);
    if (!match.matches()) {
      throw new IllegalArgumentException(
          text + " (expected: service NAME, token ISSUER, role ARN or nobody)");
    }
    return match.group(1) == null
        ? new Asker(Kind.NOBODY, "")
        : new Asker(Kind.valueOf(match.group(1).toUpperCase(Locale.ROOT)), match.group(2));
  }

  /** What IAM knows of it by itself. */
  Map<String, String> context() {
    return kind == Kind.ROLE
        ? Map.of("aws:PrincipalArn", name, "aws:PrincipalAccount", account())
        : Map.of();
  }

  /** The account of a role; of anything else, none that a policy could name. */
  String account() {
    Matcher role = ROLE.matcher(name);
    return role.matches() ? role.group(1) : "";
  }
}
