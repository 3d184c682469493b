package dev.rolecall.service.request;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.RoleId;
import dev.rolecall.identity.internal.InvalidValue;
import java.util.Optional;

/**
 * The callers that a lock is for.
 *
 * @param kind what the value names
 * @param value the person as {@code directory/name}, the unique id of the role, or the id of the
 *     access key; 1 to 320 characters
 * @param principal the ARN of the role that the id or the key belongs to, as the locking person
 *     gave it; empty for a person
 */
public record LockTarget(Kind kind, String value, Optional<String> principal) {

  private static final int LONGEST = 320;

  /**
   * Checks the value.
   *
   * @throws IllegalArgumentException if it breaks its rule above
   */
  public LockTarget {
    requireNonNull(kind, "kind");
    requireNonNull(principal, "principal");
    if (value.isEmpty() || value.length() > LONGEST) {
      throw InvalidValue.of("lock target", value, "1 to " + LONGEST + " characters");
    }
  }

  /** A person, as {@code directory/name} in lower case. */
  public static LockTarget person(String person) {
    return new LockTarget(Kind.PERSON, person, Optional.empty());
  }

  /** A role. */
  public static LockTarget role(RoleId id, String arn) {
    return new LockTarget(Kind.ROLE, id.value(), Optional.of(arn));
  }

  /** The sessions of one access key. */
  public static LockTarget accessKey(String id, String roleArn) {
    return new LockTarget(Kind.ACCESS_KEY, id, Optional.of(roleArn));
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
