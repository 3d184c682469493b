package dev.rolecall.policytools.suggest;

import dev.rolecall.identity.pattern.CertificatePattern;
import dev.rolecall.identity.pattern.OidcPattern;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.identity.pattern.RolePattern;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The spellings of callers in a policy: a role by its ARN, one of IAM Identity Center by its
 * permission set, whose role has another name in each account, others by their text.
 */
final class Principals {

  private static final Pattern OF_PERMISSION_SET =
      Pattern.compile(
          "arn:(aws[a-z-]*):iam::([0-9]{12}):role/AWSReservedSSO_(.{1,32})_[0-9a-f]{16}");

  private static final Pattern WITH_ACCOUNT =
      Pattern.compile("(?:arn:([a-z-]+):iam::|sso:(?:([a-z-]+):)?)([0-9]{12}):");

  private final int most;
  private final Map<String, Optional<String>> known = new HashMap<>();

  /**
   * No caller yet.
   *
   * @param most how many are remembered
   */
  Principals(int most) {
    this.most = most;
  }

  /** The spelling of the caller with that text in a record; empty where no policy can name it. */
  Optional<String> of(String text) {
    Optional<String> spelling = known.get(text);
    if (spelling == null) {
      spelling = spelled(text);
      if (known.size() < most) {
        known.put(text, spelling);
      }
    }
    return spelling;
  }

  /** The account of a caller that is spelled so; empty for one of another kind. */
  static Optional<String> account(String spelling) {
    Matcher role = WITH_ACCOUNT.matcher(spelling);
    return role.lookingAt()
        ? Optional.of(
            Stream.of(role.group(1), role.group(2))
                    .filter(partition -> partition != null && !partition.equals("aws"))
                    .map(partition -> partition + ":")
                    .findFirst()
                    .orElse("")
                + role.group(3))
        : Optional.empty();
  }

  private static Optional<String> spelled(String text) {
    Matcher set = OF_PERMISSION_SET.matcher(text);
    if (set.matches()) {
      String partition = set.group(1).equals("aws") ? "" : set.group(1) + ":";
      Optional<String> permissionSet =
          parsed("sso:" + partition + set.group(2) + ":" + set.group(3));
      if (permissionSet.isPresent()) {
        return permissionSet;
      }
    }
    return parsed(text);
  }

  /** A record names one caller: a pattern that means more was not written by a server. */
  private static Optional<String> parsed(String text) {
    try {
      PrincipalPattern pattern = PrincipalPattern.parse(text);
      return meansOne(pattern) ? Optional.of(pattern.toString()) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean meansOne(PrincipalPattern pattern) {
    return !(pattern instanceof RolePattern.RolePrefix
        || pattern instanceof RolePattern.WholeAccount
        || pattern instanceof OidcPattern.SubjectPrefix
        || pattern instanceof OidcPattern.Client
        || pattern instanceof CertificatePattern.SpiffePrefix);
  }
}
