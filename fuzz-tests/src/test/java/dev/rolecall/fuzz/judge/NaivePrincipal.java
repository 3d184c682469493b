package dev.rolecall.fuzz.judge;

import java.util.List;

/** A plain reading of the roles that a principal means, by cutting texts at their colons. */
public final class NaivePrincipal {

  private static final String SSO_ROLE = "AWSReservedSSO_";

  private NaivePrincipal() {}

  /**
   * A role, in texts alone.
   *
   * @param partition its partition
   * @param account its account
   * @param name its name
   * @param id its unique id; empty if it is unknown
   */
  public record Role(String partition, String account, String name, String id) {
    /** The role of that ARN, which has no path. */
    static Role ofUnknownId(String arn) {
      List<String> parts = Text.parts(arn, ':');
      return new Role(parts.get(1), parts.get(4), parts.get(5).substring("role/".length()), "");
    }

    /** Its ARN. */
    public String arn() {
      return "arn:" + partition + ":iam::" + account + ":role/" + name;
    }
  }

  /** Whether the text is the ARN of a role, with or without a path. */
  public static boolean isRoleArn(String text) {
    List<String> parts = Text.parts(text, ':');
    if (text.length() > 2_048 || !isInAnAccount(parts) || !parts.get(5).startsWith("role/")) {
      return false;
    }
    List<String> segments = Text.parts(parts.get(5), '/');
    return segments.stream()
            .limit(segments.size() - 1L)
            .allMatch(segment -> !segment.isEmpty() && Text.isVisible(segment, "*?"))
        && NaiveName.isRoleName(segments.get(segments.size() - 1));
  }

  /** The ARN without its path. */
  public static String withoutPath(String arn) {
    return arn.substring(0, arn.indexOf(":role/") + 6) + arn.substring(arn.lastIndexOf('/') + 1);
  }

  /** Whether the text is one of the spellings of a principal. */
  public static boolean isPrincipal(String text) {
    List<String> parts = Text.parts(text, ':');
    if (parts.get(0).equals("sso")) {
      return (parts.size() == 3 || (parts.size() == 4 && NaiveName.isPartition(parts.get(1))))
          && NaiveName.isAccount(parts.get(parts.size() - 2))
          && Text.is(parts.get(parts.size() - 1), 1, 32, Text.IAM_NAME);
    }
    if (text.endsWith(":*")) {
      return isInAnAccount(parts);
    }
    if (text.contains("#")) {
      List<String> pinned = Text.parts(text, '#');
      return pinned.size() == 2 && isRoleArn(pinned.get(0)) && NaiveName.isRoleId(pinned.get(1));
    }
    if (text.endsWith("*")) {
      // No path before a prefix, and a star alone is a prefix of no letters.
      return text.length() <= 2_049
          && isInAnAccount(parts)
          && Text.parts(parts.get(5), '/').size() == 2
          && (parts.get(5).equals("role/*") || isRoleArn(text.substring(0, text.length() - 1)));
    }
    return isRoleArn(text);
  }

  private static boolean isInAnAccount(List<String> parts) {
    return parts.size() == 6
        && parts.get(0).equals("arn")
        && NaiveName.isPartition(parts.get(1))
        && parts.get(2).equals("iam")
        && parts.get(3).isEmpty()
        && NaiveName.isAccount(parts.get(4));
  }

  /** Whether the principal, which is valid, means roles and no callers of another kind. */
  public static boolean isOfRoles(String principal) {
    return principal.startsWith("arn:") || principal.startsWith("sso:");
  }

  /** The account that a principal names. */
  public static String account(String principal) {
    List<String> parts = Text.parts(principal, ':');
    return parts.get(0).equals("sso") ? parts.get(parts.size() - 2) : parts.get(4);
  }

  /** The partition that a principal names, or {@code aws} where it may leave that out. */
  public static String partition(String principal) {
    List<String> parts = Text.parts(principal, ':');
    return parts.get(0).equals("sso") && parts.size() == 3 ? "aws" : parts.get(1);
  }

  /**
   * Whether the principal means the caller.
   *
   * @param deny whether a deny rule asks: then a role whose id is unknown has any, and a token
   *     without a client may be of any
   */
  static boolean means(String principal, NaiveCaller caller, boolean deny) {
    if (isOfRoles(principal)) {
      return caller.role().map(role -> means(principal, role, deny)).orElse(false);
    }
    if (principal.startsWith("client:")) {
      List<String> parts = Text.parts(principal, ':');
      return caller.principal().startsWith("oidc:" + parts.get(1) + ":")
          && caller
              .client()
              .map(String.join(":", parts.subList(2, parts.size()))::equals)
              .orElse(deny);
    }
    return principal.endsWith("*")
        ? caller.principal().startsWith(principal.substring(0, principal.length() - 1))
        : caller.principal().equals(principal);
  }

  private static boolean means(String principal, Role role, boolean deny) {
    int pin = principal.indexOf('#');
    return (deny && role.id().isEmpty() && pin >= 0)
        ? means(principal.substring(0, pin), role)
        : means(principal, role);
  }

  /** Whether the principal means the role. */
  public static boolean means(String principal, Role role) {
    if (!isOfRoles(principal)
        || !account(principal).equals(role.account())
        || !partition(principal).equals(role.partition())) {
      return false;
    }
    String last = principal.substring(principal.lastIndexOf(':') + 1);
    if (principal.startsWith("sso:")) {
      String start = SSO_ROLE + last + "_";
      return role.name().startsWith(start)
          && Text.is(role.name().substring(start.length()), 16, 16, Text.HEX);
    }
    String name = last.substring(last.lastIndexOf('/') + 1);
    if (last.equals("*")) {
      return true;
    }
    if (name.endsWith("*")) {
      return role.name().startsWith(name.substring(0, name.length() - 1));
    }
    return name.contains("#")
        ? name.equals(role.name() + "#" + role.id())
        : name.equals(role.name());
  }
}
