package dev.rolecall.grants.token;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Caller;
import dev.rolecall.identity.IamRole;
import dev.rolecall.jwt.json.JsonValue;
import dev.rolecall.jwt.json.ObjectBuilder;
import java.util.Locale;

/**
 * The holder that a grant token names, which must be the proven caller of its call.
 *
 * @param principal the text of the principal
 * @param roleId the unique id of a role; empty for another principal
 * @param session the session's name in lower case, for a person who uses a role; else empty
 */
public record TokenHolder(String principal, String roleId, String session) {

  /**
   * Checks that there is a principal.
   *
   * @throws IllegalArgumentException if there is none
   */
  public TokenHolder {
    requireNonNull(roleId, "roleId");
    requireNonNull(session, "session");
    if (principal.isEmpty()) {
      throw new IllegalArgumentException("principal: empty (expected: the holder's)");
    }
  }

  JsonValue.Members toJson() {
    ObjectBuilder json = new ObjectBuilder().put(GrantTokenClaims.PRINCIPAL, principal);
    if (!roleId.isEmpty()) {
      json.put(GrantTokenClaims.ROLE_ID, roleId);
    }
    if (!session.isEmpty()) {
      json.put(GrantTokenClaims.SESSION, session);
    }
    return json.build();
  }

  /** Whether the caller is the holder. A role of an unknown id is not. */
  public boolean is(Caller caller) {
    if (caller.principal() instanceof IamRole role) {
      return role.id().filter(id -> id.value().equals(roleId)).isPresent()
          && (session.isEmpty() || isSession(caller));
    }
    return roleId.isEmpty() && session.isEmpty() && principal.equals(caller.principal().text());
  }

  private boolean isSession(Caller caller) {
    return caller
        .evidence()
        .sessionName()
        .filter(name -> name.toLowerCase(Locale.ROOT).equals(session))
        .isPresent();
  }
}
