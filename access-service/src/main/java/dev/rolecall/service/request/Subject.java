package dev.rolecall.service.request;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.RoleId;
import dev.rolecall.identity.internal.InvalidValue;
import java.util.Optional;

/**
 * A proven caller, or the one who gains: a role, a person who uses a role, or the subject of a
 * token.
 *
 * @param principal the text of the principal: the ARN of a role, or {@code oidc:issuer:subject}; 1
 *     to 2,048 characters
 * @param roleId the unique id of the role; empty for other principals, and where it is unknown
 * @param person the person as {@code directory/name}, at most 320 characters; in lower case but for
 *     the subject of an issuer's token, whose case counts. Empty if no directory has the caller
 */
public record Subject(String principal, Optional<RoleId> roleId, Optional<String> person) {

  private static final int LONGEST_PRINCIPAL = 2048;
  private static final int LONGEST_PERSON = 320;

  /**
   * Checks the forms.
   *
   * @throws IllegalArgumentException if a value breaks its rule above
   */
  public Subject {
    requireNonNull(roleId, "roleId");
    requireNonNull(person, "person");
    if (principal.isEmpty() || principal.length() > LONGEST_PRINCIPAL) {
      throw InvalidValue.of("principal", principal, "1 to 2048 characters");
    }
    if (person.isPresent() && !isPerson(person.get())) {
      throw InvalidValue.of("person", person.get(), "directory/name, at most 320 characters");
    }
  }

  private static boolean isPerson(String text) {
    int slash = text.indexOf('/');
    return slash > 0 && slash < text.length() - 1 && text.length() <= LONGEST_PERSON;
  }

  /** A principal without a role id that no directory has. */
  public static Subject of(String principal) {
    return new Subject(principal, Optional.empty(), Optional.empty());
  }

  /**
   * The one who counts: the person if there is one, through whatever role; the principal otherwise.
   * Two subjects of one party have one vote, and neither may review what the other asked for.
   */
  public String party() {
    return person.orElse(principal);
  }

  /** Whether the other is the same person, or the same principal where no person is known. */
  public boolean isSamePartyAs(Subject other) {
    return party().equals(other.party());
  }

  /**
   * The name that the role's sessions of this person have: the person's name after the directory.
   * Empty for a role without a person, and for a principal that is no role.
   */
  public Optional<String> sessionName() {
    return roleId.flatMap(id -> person.map(text -> text.substring(text.indexOf('/') + 1)));
  }
}
