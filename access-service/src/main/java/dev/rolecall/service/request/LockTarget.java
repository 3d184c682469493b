package dev.rolecall.service.request;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.RoleId;
import dev.rolecall.identity.internal.InvalidValue;
import java.util.List;
import java.util.Optional;

/**
 * The callers that a lock is for.
 *
 * @param kind what the value names
 * @param value the person as {@code directory/name}, the unique id of the role, or the id of the
 *     access key; 1 to 320 characters
 * @param principal the ARN of the role that the id or the key belongs to, as the locking person
 *     gave it; empty for a person
 * @param subjects the person by each role of its directory when the lock was set; empty for other
 *     kinds. Later rules cannot take a role out of the lock
 */
public record LockTarget(
    Kind kind, String value, Optional<String> principal, List<Subject> subjects) {

  private static final int LONGEST = 320;

  /**
   * Checks the value.
   *
   * @throws IllegalArgumentException if it breaks its rule above
   */
  public LockTarget {
    requireNonNull(kind, "kind");
    requireNonNull(principal, "principal");
    subjects = List.copyOf(subjects);
    if (value.isEmpty() || value.length() > LONGEST) {
      throw InvalidValue.of("lock target", value, "1 to " + LONGEST + " characters");
    }
  }

  /** A person, as {@code directory/name} in lower case, in the directory as it is now. */
  public static LockTarget person(String person) {
    return person(person, List.of());
  }

  /**
   * A person, as {@code directory/name} in lower case.
   *
   * @param subjects the person by each role of the directory
   */
  public static LockTarget person(String person, List<Subject> subjects) {
    return new LockTarget(Kind.PERSON, person, Optional.empty(), subjects);
  }

  /** A role. */
  public static LockTarget role(RoleId id, String arn) {
    return new LockTarget(Kind.ROLE, id.value(), Optional.of(arn), List.of());
  }

  /** The sessions of one access key. */
  public static LockTarget accessKey(String id, String roleArn) {
    return new LockTarget(Kind.ACCESS_KEY, id, Optional.of(roleArn), List.of());
  }

  /** The kinds of targets. */
  public enum Kind {
    /** A person of a directory. */
    PERSON,
    /** A role, by its unique id. */
    ROLE,
    /** An access key. */
    ACCESS_KEY
  }
}
