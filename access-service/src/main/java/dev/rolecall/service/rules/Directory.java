package dev.rolecall.service.rules;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.IssuerAlias;
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
   * @param roles the roles, at least one
   */
  record PermissionSets(DirectoryName name, List<PermissionSetRole> roles) implements Directory {
    /**
     * Checks that there is a role.
     *
     * @throws IllegalArgumentException if there is none
     */
    public PermissionSets {
      requireNonNull(name, "name");
      roles = List.copyOf(roles);
      if (roles.isEmpty()) {
        throw new IllegalArgumentException("roles: none (expected: at least one)");
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
