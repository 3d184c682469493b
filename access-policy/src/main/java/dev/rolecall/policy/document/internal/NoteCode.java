package dev.rolecall.policy.document.internal;

import java.util.Locale;

/** The kinds of notes on a valid policy. The words are stable, as those of problems are. */
public enum NoteCode {
  /** A policy without allow rules. */
  NO_ALLOW_RULES,
  /** An allow rule's path that means methods of services that are added later. */
  SPANS_SERVICES,
  /** A deny rule's path that shares a method with a public one. */
  DENIED_BUT_PUBLIC,
  /** A deny rule with headers, which a caller may leave out. */
  AVOIDABLE_DENIAL,
  /** A role that is written with a path, which no caller's name has. */
  ROLE_PATH_DROPPED,
  /** A group that no rule names. */
  UNUSED_GROUP,
  /** An account group that no principal names. */
  UNUSED_ACCOUNT_GROUP,
  /** A partition that AWS does not have today. */
  UNKNOWN_PARTITION,
  /** A rule that says what another one says. */
  REPEATED_RULE,
  /** A principal that means every caller that an issuer or a trust domain vouches for. */
  EVERY_SUBJECT,
  /** A subject by the name of a repository, which another owner may register later. */
  NAME_CAN_BE_REGISTERED,
  /** Conditions on claims, scopes or tags that a principal of its kind never has. */
  NEVER_STATED,
  /** A deny rule whose actors narrow nothing. */
  ANY_ACTOR_DENIED,
  /** A prefix of roles that means several permission sets. */
  SEVERAL_PERMISSION_SETS,
  /** A rule's grant that callers do not need, as another rule allows the same without one. */
  NEEDLESS_GRANT,
  /** A permission whose name is one letter away from another one's. */
  SIMILAR_PERMISSION,
  /** A directory of people that no rule names. */
  UNUSED_DIRECTORY,
  /** Rules of access under which one human may count as two. */
  ONE_COUNTS_TWICE,
  /** Rules of access without administrators or enforcers. */
  NO_PARTY;

  private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The kind as tools compare it, such as {@code spans-services}. */
  @Override
  public String toString() {
    return word;
  }
}
