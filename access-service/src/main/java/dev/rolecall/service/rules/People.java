package dev.rolecall.service.rules;

import dev.rolecall.identity.Caller;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.IssuerAlias;
import dev.rolecall.identity.OidcSubject;
import dev.rolecall.identity.RoleId;
import dev.rolecall.identity.internal.Alphabet;
import dev.rolecall.identity.internal.InvalidValue;
import dev.rolecall.service.request.Subject;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The people that the directories know. A person is {@code {directory}/{user name}}. A caller of
 * any other kind is itself alone. Immutable.
 *
 * <p>The name of a session counts for the roles of permission sets alone, where Identity Center
 * sets it. For every other role the caller chooses it.
 */
public final class People {

  private static final String USER_RULE = "A-Z a-z 0-9 _ + = , . @ -";
  private static final Alphabet USER =
      Alphabet.range('A', 'Z').and(Alphabet.LOWER_AND_DIGITS).and(Alphabet.of("_+=,.@-"));
  private static final int LONGEST_USER = 64;

  private final Map<RoleId, Place> roles = new HashMap<>();
  private final Map<IssuerAlias, DirectoryName> issuers = new HashMap<>();
  private final Map<String, Directory> directories = new HashMap<>();

  /** The directory of a role. */
  private record Place(DirectoryName directory, PermissionSetRole role) {}

  private final List<Directory> all;

  /** The people of those directories; of two that claim a role or an issuer, the first has it. */
  public People(List<Directory> directories) {
    this.all = List.copyOf(directories);
    all.forEach(this::add);
  }

  private void add(Directory directory) {
    directories.putIfAbsent(directory.name().value(), directory);
    if (directory instanceof Directory.PermissionSets sets) {
      sets.roles().forEach(role -> roles.putIfAbsent(role.id(), new Place(sets.name(), role)));
    } else if (directory instanceof Directory.IssuerSubjects subjects) {
      issuers.putIfAbsent(subjects.issuer(), subjects.name());
    }
  }

  /** The caller as requests and grants name it. */
  public Subject subject(Caller caller) {
    return new Subject(
        caller.principal().text(), caller.role().flatMap(IamRole::id), person(caller));
  }

  /** The subject of an issuer's token, as requests and grants name it. */
  public Subject subject(OidcSubject subject) {
    return new Subject(subject.text(), Optional.empty(), person(subject));
  }

  private Optional<String> person(OidcSubject subject) {
    return Optional.ofNullable(issuers.get(subject.issuer()))
        .map(directory -> directory + "/" + subject.subject());
  }

  /** The person that a caller is; empty if no directory has it. */
  public Optional<String> person(Caller caller) {
    if (caller.principal() instanceof OidcSubject subject) {
      return person(subject);
    }
    return caller
        .role()
        .flatMap(this::place)
        .flatMap(
            place ->
                caller
                    .evidence()
                    .sessionName()
                    .map(name -> place.directory() + "/" + name.toLowerCase(Locale.ROOT)));
  }

  private Optional<Place> place(IamRole role) {
    return role.id().map(roles::get).filter(place -> place.role().is(role));
  }

  /**
   * The subject that a person is by the role of a permission set, named before it has called.
   *
   * @param text {@code directory/user name}
   * @param set the permission set; empty where the directory has one role, or is an issuer's
   * @throws IllegalArgumentException if no directory has the person by exactly one role; the
   *     message says what would be right
   */
  public Subject named(String text, Optional<String> set) {
    Directory directory = known(text);
    if (directory instanceof Directory.IssuerSubjects subjects) {
      return subject(new OidcSubject(subjects.issuer(), userOf(text)));
    }
    PermissionSetRole role = onlyRole((Directory.PermissionSets) directory, set);
    return subject(role, personNamed(text));
  }

  /**
   * The person of that name, as persons are compared: a user of Identity Center in lower case. The
   * case of a token's subject counts.
   *
   * @param text {@code directory/user name}
   * @throws IllegalArgumentException if no directory can have the person; the message says what
   *     would be right
   */
  public String personNamed(String text) {
    Directory directory = known(text);
    if (directory instanceof Directory.IssuerSubjects subjects) {
      return directory.name() + "/" + new OidcSubject(subjects.issuer(), userOf(text)).subject();
    }
    if (!USER.spells(userOf(text), 1, LONGEST_USER)) {
      throw InvalidValue.of("person", text, "a user name of 1 to 64 characters of " + USER_RULE);
    }
    return text.toLowerCase(Locale.ROOT);
  }

  private Directory known(String person) {
    return directoryOf(person)
        .orElseThrow(
            () ->
                InvalidValue.of(
                    "person", person, "directory/user name, with a directory of the rules"));
  }

  private static String userOf(String person) {
    return person.substring(person.indexOf('/') + 1);
  }

  private static Subject subject(PermissionSetRole role, String person) {
    return new Subject(role.set().toString(), Optional.of(role.id()), Optional.of(person));
  }

  /**
   * The subjects that a person is: one for each role of its directory. Empty if the directory is
   * unknown.
   *
   * @param person {@code directory/user name}
   */
  public List<Subject> subjects(String person) {
    Directory directory = directoryOf(person).orElse(null);
    if (directory instanceof Directory.IssuerSubjects subjects) {
      String text = OidcSubject.PREFIX + subjects.issuer() + ":" + userOf(person);
      return List.of(new Subject(text, Optional.empty(), Optional.of(person)));
    }
    String name = person.toLowerCase(Locale.ROOT);
    return directory instanceof Directory.PermissionSets sets
        ? sets.roles().stream().map(role -> subject(role, name)).toList()
        : List.of();
  }

  private static PermissionSetRole onlyRole(Directory.PermissionSets sets, Optional<String> set) {
    List<PermissionSetRole> roles =
        sets.roles().stream()
            .filter(role -> set.map(role.set().name()::equals).orElse(true))
            .toList();
    if (roles.size() != 1) {
      throw InvalidValue.of(
          "permission set",
          set.orElse("none"),
          roles.isEmpty()
              ? "one of directory " + sets.name()
              : "one that directory "
                  + sets.name()
                  + " has for a single role; there are "
                  + roles.size());
    }
    return roles.get(0);
  }

  /** Whether the subject is a person of that directory. */
  static boolean isOf(DirectoryName directory, Subject subject) {
    return subject.person().filter(person -> person.startsWith(directory + "/")).isPresent();
  }

  /** The directory that a person is of: {@code directory/user name}. */
  public Optional<Directory> directoryOf(String person) {
    int slash = person.indexOf('/');
    return slash < 1 || slash == person.length() - 1
        ? Optional.empty()
        : Optional.ofNullable(directories.get(person.substring(0, slash)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof People people && all.equals(people.all);
  }

  @Override
  public int hashCode() {
    return all.hashCode();
  }
}
