package dev.rolecall.service.rules.document;

import dev.rolecall.identity.OidcSubject;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import dev.rolecall.identity.pattern.OidcPattern;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.policy.Place;
import dev.rolecall.policy.document.internal.FieldReader;
import dev.rolecall.policy.document.internal.KnownKeys;
import dev.rolecall.policy.document.internal.Mapping;
import dev.rolecall.policy.document.internal.Node;
import dev.rolecall.policy.document.internal.ProblemCode;
import dev.rolecall.policy.document.internal.Remarks;
import dev.rolecall.policy.internal.InvalidValue;
import dev.rolecall.policy.internal.Nearest;
import dev.rolecall.policy.internal.Printable;
import dev.rolecall.service.rules.Directory;
import dev.rolecall.service.rules.DirectoryName;
import dev.rolecall.service.rules.Party;
import dev.rolecall.service.rules.PermissionSetRole;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the parties of rules: people of a directory, a role, or one subject. */
final class PartyReader {

  private static final String DIRECTORY = "directory";
  private static final String SET = "permission_set";
  private static final String ROLE = "role";
  private static final String ID = "role_id";
  private static final String SUBJECT = "subject";
  private static final KnownKeys PARTY = KnownKeys.of(DIRECTORY, SET, ROLE, ID, SUBJECT);

  /** The beginning of the roles that Identity Center makes; their sessions are people. */
  private static final String SSO_ROLE = "AWSReservedSSO_";

  private final Remarks remarks;
  private final FieldReader read;
  private final ValueReader values;
  private final Map<String, Directory> directories = new LinkedHashMap<>();
  private final Set<DirectoryName> used = new HashSet<>();

  PartyReader(Remarks remarks, List<Directory> directories) {
    this.remarks = remarks;
    this.read = new FieldReader(remarks);
    this.values = new ValueReader(remarks);
    directories.forEach(each -> this.directories.put(each.name().value(), each));
  }

  /** The parties of a list that have no problem. */
  List<Party> parties(String key, List<Node> items) {
    List<Party> parties = new ArrayList<>();
    for (Node item : items) {
      read.mapping("one of " + key, PARTY, item).flatMap(this::party).ifPresent(parties::add);
    }
    return parties;
  }

  /** Whether some party is of that directory. */
  boolean hasUsed(DirectoryName directory) {
    return used.contains(directory);
  }

  private Optional<Party> party(Mapping mapping) {
    List<String> kinds =
        Stream.of(DIRECTORY, ROLE, SUBJECT)
            .filter(key -> read.optional(mapping, key).isPresent())
            .toList();
    if (kinds.size() != 1) {
      problem(
          mapping.at(),
          (kinds.isEmpty() ? "no party" : String.join(" and ", kinds))
              + " (expected: one of directory, role, subject)");
      return Optional.empty();
    }
    String kind = kinds.get(0);
    if (isStray(mapping, SET, kind, DIRECTORY) || isStray(mapping, ID, kind, ROLE)) {
      return Optional.empty();
    }
    return switch (kind) {
      case DIRECTORY -> people(mapping);
      case ROLE -> role(mapping);
      default -> subject(mapping);
    };
  }

  private boolean isStray(Mapping mapping, String key, String kind, String belongsTo) {
    Optional<Node> found = read.optional(mapping, key).filter(node -> !kind.equals(belongsTo));
    found.ifPresent(
        node ->
            problem(node.at(), key + " beside " + kind + " (expected: beside " + belongsTo + ")"));
    return found.isPresent();
  }

  private Optional<Party> people(Mapping mapping) {
    Optional<ValueReader.Text> name = values.text(mapping, DIRECTORY);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    Directory directory = directories.get(name.get().value());
    if (directory == null) {
      unknown(name.get(), "directory", directories.keySet());
      return Optional.empty();
    }
    used.add(directory.name());
    if (directory instanceof Directory.PermissionSets sets) {
      return ofSets(mapping, sets);
    }
    Optional<Node> set = read.optional(mapping, SET);
    set.ifPresent(
        node ->
            problem(
                node.at(), SET + " of a directory of an issuer (expected: none, it has no sets)"));
    return set.isPresent() || !(directory instanceof Directory.IssuerSubjects subjects)
        ? Optional.empty()
        : Optional.of(new Party.IssuerPeople(subjects.name(), subjects.issuer()));
  }

  private Optional<Party> ofSets(Mapping mapping, Directory.PermissionSets sets) {
    if (read.optional(mapping, SET).isEmpty()) {
      return Optional.of(new Party.SsoPeople(sets.name(), sets.roles()));
    }
    Optional<ValueReader.Text> wanted = values.text(mapping, SET);
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    List<PermissionSetRole> roles =
        sets.roles().stream()
            .filter(role -> role.set().name().equals(wanted.get().value()))
            .toList();
    if (roles.isEmpty()) {
      unknown(
          wanted.get(),
          SET,
          sets.roles().stream().map(role -> role.set().name()).distinct().toList());
      return Optional.empty();
    }
    return Optional.of(new Party.SsoPeople(sets.name(), roles));
  }

  private void unknown(ValueReader.Text text, String what, Iterable<String> known) {
    List<String> names = new ArrayList<>();
    known.forEach(names::add);
    remarks.problem(
        text.at(),
        ProblemCode.UNKNOWN_DIRECTORY,
        what
            + ": "
            + Printable.quoted(text.value())
            + " (expected: "
            + Nearest.to(text.value(), names)
                .orElseGet(
                    () -> names.isEmpty() ? "one under directories" : String.join(", ", names))
            + ")");
  }

  private Optional<Party> role(Mapping mapping) {
    Optional<RoleArn> role =
        values.value(mapping, ROLE, ProblemCode.INVALID_PARTY, PartyReader::plainRole);
    boolean pinned = read.optional(mapping, ID).isPresent();
    Optional<RoleId> id = values.optional(mapping, ID, ProblemCode.INVALID_PARTY, RoleId::parse);
    return pinned && id.isEmpty()
        ? Optional.empty()
        : role.map(found -> new Party.OneRole(found, id));
  }

  /** A role whose users Identity Center names must not count as one party. */
  private static RoleArn plainRole(String text) {
    RoleArn role = RoleArn.parse(text);
    if (role.name().value().startsWith(SSO_ROLE)) {
      throw InvalidValue.broken(
          ROLE,
          text,
          "a directory with the permission set, so that its people count, not the role");
    }
    return role;
  }

  private Optional<Party> subject(Mapping mapping) {
    return values
        .value(mapping, SUBJECT, ProblemCode.INVALID_PARTY, PartyReader::oneSubject)
        .map(Party.OneSubject::new);
  }

  private static OidcSubject oneSubject(String text) {
    if (text.startsWith(OidcSubject.PREFIX)
        && OidcPattern.parse(text) instanceof OidcPattern.Subject subject) {
      return subject.subject();
    }
    throw InvalidValue.broken(SUBJECT, text, "oidc:{alias}:{subject}");
  }

  /**
   * The servers that may follow grants. They hear of all grants and locks, so no pattern that means
   * everybody of an account or an issuer is taken.
   */
  List<PrincipalPattern> enforcers(Mapping rules, String key) {
    return values.list(rules, key, ProblemCode.INVALID_PRINCIPAL, PartyReader::enforcer);
  }

  private static PrincipalPattern enforcer(String text) {
    PrincipalPattern pattern = PrincipalPattern.parse(text);
    boolean everybody =
        pattern instanceof RolePattern.WholeAccount
            || (pattern instanceof RolePattern.RolePrefix prefix && prefix.prefix().isEmpty())
            || (pattern instanceof OidcPattern.SubjectPrefix prefix && prefix.isEveryone());
    if (everybody) {
      throw InvalidValue.broken(
          "enforcers", text, "the principals of servers, since an enforcer hears of every grant");
    }
    return pattern;
  }

  private void problem(Place at, String message) {
    remarks.problem(at, ProblemCode.INVALID_PARTY, message);
  }
}
