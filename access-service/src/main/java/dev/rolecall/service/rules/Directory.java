package dev.rolecall.service.rules;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.IssuerAlias;
import dev.rolecall.identity.internal.InvalidValue;
import java.util.List;

/** A directory of people: a source of user names that no caller can choose. */
public sealed interface Directory {

  /** The name, which begins the names of its people. */
  DirectoryName name();

  /**
   * The users of IAM Identity Center, by the roles of permission sets. A person is the name of a
   * session in lower case.
   *
   * @param name the directory's name
   * @param roles the roles, 1 to 5,000
   */
  record PermissionSets(DirectoryName name, List<PermissionSetRole> roles) implements Directory {

    /** The most roles: a lock of a person names each of them to servers. */
    public static final int MOST_ROLES = 5_000;

    /**
     * Checks the number of roles.
     *
     * @throws IllegalArgumentException if there is none, or more than that
     */
    public PermissionSets {
      requireNonNull(name, "name");
      roles = List.copyOf(roles);
      if (roles.isEmpty() || roles.size() > MOST_ROLES) {
        throw InvalidValue.of("roles", roles.size() + " of them", "1 to " + MOST_ROLES);
      }
    }
  }

  /**
   * The subjects of an issuer of tokens. A person is a subject, exactly.
   *
   * @param name the directory's name
   * @param issuer the server's name for the issuer
   */
  record IssuerSubjects(DirectoryName name, IssuerAlias issuer) implements Directory {
    /** Checks that nothing is absent. */
    public IssuerSubjects {
      requireNonNull(name, "name");
      requireNonNull(issuer, "issuer");
    }
  }
}
