package dev.rolecall.grants.internal.known;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * The key that grants are found by: a permission and its holder. An immutable value. Its hash is
 * reckoned once, since each look-up of a call asks for it.
 */
public final class GrantKey {

  private final String permission;
  private final String who;
  private final String session;
  private final int hash;

  /**
   * The key of that permission and holder.
   *
   * @param who the unique id of a role, or the text of another principal
   * @param session the session's name in lower case, if the holder is a person who uses a role;
   *     empty if it is the role, or another principal
   */
  public GrantKey(String permission, String who, String session) {
    this.permission = requireNonNull(permission, "permission");
    this.who = requireNonNull(who, "who");
    this.session = requireNonNull(session, "session");
    this.hash = 31 * (31 * permission.hashCode() + who.hashCode()) + session.hashCode();
  }

  /** The permission's name. */
  public String permission() {
    return permission;
  }

  /** The unique id of a role, or the text of another principal. */
  public String who() {
    return who;
  }

  /** The session's name in lower case; empty for a holder that is no person of a role. */
  public String session() {
    return session;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof GrantKey key
        && hash == key.hash
        && permission.equals(key.permission)
        && who.equals(key.who)
        && session.equals(key.session);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return permission + " " + who + (session.isEmpty() ? "" : "/" + session);
  }
}
