package dev.rolecall.policy.document.internal;

import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.policy.internal.Nearest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The search for the principal that an invalid text was most likely meant to be: the role of a
 * session, the account of a root, an ARN with a slip, a subject with another prefix.
 */
final class NearestPrincipal {

  /** The partitions of AWS's SDKs. */
  static final List<String> PARTITIONS =
      List.of(
          "aws",
          "aws-us-gov",
          "aws-cn",
          "aws-eusc",
          "aws-iso",
          "aws-iso-b",
          "aws-iso-e",
          "aws-iso-f");

  private static final Pattern SESSION =
      Pattern.compile("arn:([^:]*):(?:sts|iam):[^:]*:([0-9{][^:]*):assumed-role/([^/]+)(?:/.*)?");
  private static final Pattern SSO_ROLE = Pattern.compile("AWSReservedSSO_(.+)_[0-9a-f]{16}");
  private static final Pattern ROLE =
      Pattern.compile("arn:([^:]*):(?:sts|iam):[^:]*:+([0-9]{12}):+(?i:roles?)[/:](.+?)/*$");
  private static final Pattern SHORT_ROLE =
      Pattern.compile("arn:([^:]*):iam:([0-9]{12}):(?i:roles?)/(.+?)/*$");
  private static final Pattern ROOT =
      Pattern.compile("arn:([^:]*):(?:iam|sts):[^:]*:([0-9]{12})(?::(?:root)?)?$");
  private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
  private static final Pattern DASHED_ACCOUNT =
      Pattern.compile("\\b([0-9]{4})-([0-9]{4})-([0-9]{4})\\b");
  private static final Pattern SSO_TURNED = Pattern.compile("sso:([^:]+):([0-9]{12})");
  private static final int LONGEST = 2_048;

  private NearestPrincipal() {}

  /** The principal that was meant; empty if the text is not near one. */
  static Optional<String> to(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    String stripped = text.strip();
    return Stream.of(
            Optional.of(stripped),
            Optional.of(stripped.toLowerCase(Locale.ROOT)).filter(t -> stripped.startsWith("ARN:")),
            NearestSubject.to(stripped),
            inNearestPartition(stripped),
            Optional.of(DASHED_ACCOUNT.matcher(stripped).replaceFirst("$1$2$3")),
            session(stripped),
            filled(ROLE, stripped, "arn:$1:iam::$2:role/$3"),
            filled(SHORT_ROLE, stripped, "arn:$1:iam::$2:role/$3"),
            filled(ROOT, stripped, "arn:$1:iam::$2:*"),
            filled(ACCOUNT, stripped, "arn:aws:iam::$0:*"),
            filled(SSO_TURNED, stripped, "sso:$2:$1"))
        .flatMap(Optional::stream)
        .filter(candidate -> !candidate.equals(text) && isPrincipal(candidate))
        .findFirst();
  }

  private static Optional<String> inNearestPartition(String text) {
    String[] parts = text.split(":", 3);
    return parts.length == 3 && parts[0].equals("arn")
        ? Nearest.to(parts[1], PARTITIONS).map(near -> "arn:" + near + ":" + parts[2])
        : Optional.empty();
  }

  private static Optional<String> session(String text) {
    Matcher session = SESSION.matcher(text);
    if (!session.matches()) {
      return Optional.empty();
    }
    Matcher permissionSet = SSO_ROLE.matcher(session.group(3));
    return permissionSet.matches() && session.group(1).equals("aws")
        ? Optional.of("sso:" + session.group(2) + ":" + permissionSet.group(1))
        : filled(SESSION, text, "arn:$1:iam::$2:role/$3");
  }

  private static Optional<String> filled(Pattern form, String text, String template) {
    Matcher matcher = form.matcher(text);
    return matcher.matches() ? Optional.of(matcher.replaceFirst(template)) : Optional.empty();
  }

  private static boolean isPrincipal(String text) {
    try {
      PrincipalPattern.parse(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
