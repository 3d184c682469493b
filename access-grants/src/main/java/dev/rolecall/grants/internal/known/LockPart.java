package dev.rolecall.grants.internal.known;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.RoleId;
import dev.rolecall.identity.pattern.RolePattern;
import java.util.Locale;
import java.util.Optional;

/**
 * A part of a lock: callers, as precise as its fields are filled. A caller is meant unless one of
 * the fields says that it is another. What is unknown of a caller says nothing, so a caller that
 * may be meant is locked.
 *
 * @param principal the text of the principal, or {@code sso:{account}:{permission set}} for each
 *     role of that set; empty for any
 * @param roleId the unique id of the role, which counts before the principal where the caller's is
 *     known; empty for any
 * @param session the session's name in lower case; empty for any
 * @param accessKeyId the id of the access key; empty for any
 */
public record LockPart(String principal, String roleId, String session, String accessKeyId) {

  private static final String SSO = "sso:";

  /**
   * Checks that it says anything.
   *
   * @throws IllegalArgumentException if each field is empty: it would lock every caller
   */
  public LockPart {
    requireNonNull(principal, "principal");
    requireNonNull(roleId, "roleId");
    requireNonNull(session, "session");
    requireNonNull(accessKeyId, "accessKeyId");
    if (principal.isEmpty() && roleId.isEmpty() && session.isEmpty() && accessKeyId.isEmpty()) {
      throw new IllegalArgumentException(
          "a lock of every caller (expected: a field that is filled)");
    }
  }

  /** Whether the caller is, or may be, meant. */
  boolean mayMean(Caller caller) {
    return mayBePrincipal(caller) && mayBeSession(caller) && mayBeKey(caller);
  }

  private boolean mayBePrincipal(Caller caller) {
    if (!roleId.isEmpty()) {
      if (!(caller.principal() instanceof IamRole role)) {
        return false;
      }
      Optional<RoleId> known = role.id();
      if (known.isPresent()) {
        return known.get().value().equals(roleId);
      }
    }
    return principal.isEmpty()
        || principal.equals(caller.principal().text())
        || (isPermissionSet() && caller.principal() instanceof IamRole role && isOfSet(role));
  }

  /**
   * Whether it names the roles of a permission set, whose ARNs end in text that Identity Center
   * chose.
   */
  boolean isPermissionSet() {
    return principal.startsWith(SSO);
  }

  private boolean isOfSet(IamRole role) {
    try {
      return RolePattern.parse(principal).matches(role, Attributes.none());
    } catch (IllegalArgumentException e) {
      // A set that this version cannot read may be the role's.
      return true;
    }
  }

  private boolean mayBeSession(Caller caller) {
    return session.isEmpty()
        || caller
            .evidence()
            .sessionName()
            .map(name -> name.toLowerCase(Locale.ROOT).equals(session))
            .orElse(true);
  }

  private boolean mayBeKey(Caller caller) {
    if (accessKeyId.isEmpty()) {
      return true;
    }
    if (!(caller.principal() instanceof IamRole)) {
      return false;
    }
    // The id of a token is no access key: the key of its session stays unknown.
    return caller
        .evidence()
        .credentialId()
        .filter(LockPart::isAccessKeyId)
        .map(accessKeyId::equals)
        .orElse(true);
  }

  /**
   * Whether a text has the form of an access key's id.
   *
   * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html">IAM
   *     identifiers, unique ID prefixes</a>
   */
  private static boolean isAccessKeyId(String text) {
    return text.length() >= 16
        && (text.startsWith("ASIA") || text.startsWith("AKIA"))
        && text.chars().allMatch(c -> (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'));
  }
}
