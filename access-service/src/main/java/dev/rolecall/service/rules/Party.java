package dev.rolecall.service.rules;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.IssuerAlias;
import dev.rolecall.identity.OidcSubject;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import dev.rolecall.identity.pattern.OidcPattern;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.service.request.Subject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The callers that a rule means: people of a directory, a role, or one subject of an issuer. */
public sealed interface Party {

  /** Whether that subject is one of them. */
  boolean means(Subject subject);

  /** The callers who may be of the party, as a policy has them: at least those. */
  Stream<PrincipalPattern> patterns();

  /** Whether it is of people, whose number is not known. */
  boolean isOpen();

  /**
   * People of a directory of permission sets.
   *
   * @param directory the directory
   * @param roles the roles that they may come by, at least one
   */
  record SsoPeople(DirectoryName directory, List<PermissionSetRole> roles) implements Party {
    /**
     * Checks that there is a role.
     *
     * @throws IllegalArgumentException if there is none
     */
    public SsoPeople {
      requireNonNull(directory, "directory");
      roles = List.copyOf(roles);
      if (roles.isEmpty()) {
        throw new IllegalArgumentException("roles: none (expected: at least one)");
      }
    }

    @Override
    public boolean means(Subject subject) {
      return People.isOf(directory, subject)
          && roles.stream().anyMatch(role -> subject.roleId().equals(Optional.of(role.id())));
    }

    @Override
    public Stream<PrincipalPattern> patterns() {
      return roles.stream().map(PermissionSetRole::set);
    }

    @Override
    public boolean isOpen() {
      return true;
    }
  }

  /**
   * All people of an issuer of tokens.
   *
   * @param directory the directory
   * @param issuer the server's name for the issuer
   */
  record IssuerPeople(DirectoryName directory, IssuerAlias issuer) implements Party {
    /** Checks that nothing is absent. */
    public IssuerPeople {
      requireNonNull(directory, "directory");
      requireNonNull(issuer, "issuer");
    }

    @Override
    public boolean means(Subject subject) {
      return People.isOf(directory, subject)
          && subject.principal().startsWith(OidcSubject.PREFIX + issuer + ":");
    }

    @Override
    public Stream<PrincipalPattern> patterns() {
      return Stream.of(new OidcPattern.SubjectPrefix(issuer, ""));
    }

    @Override
    public boolean isOpen() {
      return true;
    }
  }

  /**
   * A role, which counts as one, however many may take it.
   *
   * @param role the role
   * @param id the unique id that it must have; empty for any
   */
  record OneRole(RoleArn role, Optional<RoleId> id) implements Party {
    /** Checks that nothing is absent. */
    public OneRole {
      requireNonNull(role, "role");
      requireNonNull(id, "id");
    }

    @Override
    public boolean means(Subject subject) {
      return subject.person().isEmpty()
          && subject.principal().equals(role.toString())
          && (id.isEmpty() || subject.roleId().equals(id));
    }

    @Override
    public Stream<PrincipalPattern> patterns() {
      return Stream.of(
          id.<PrincipalPattern>map(pinned -> new RolePattern.PinnedRole(role, pinned))
              .orElse(new RolePattern.ExactRole(role)));
    }

    @Override
    public boolean isOpen() {
      return false;
    }
  }

  /**
   * One subject of an issuer.
   *
   * @param subject the subject
   */
  record OneSubject(OidcSubject subject) implements Party {
    /** Checks that nothing is absent. */
    public OneSubject {
      requireNonNull(subject, "subject");
    }

    @Override
    public boolean means(Subject subject) {
      return subject.principal().equals(this.subject.text());
    }

    @Override
    public Stream<PrincipalPattern> patterns() {
      return Stream.of(new OidcPattern.Subject(subject));
    }

    @Override
    public boolean isOpen() {
      return false;
    }
  }
}
