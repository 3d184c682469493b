package dev.rolecall.service.rules.document;

import dev.rolecall.identity.AccountId;
import dev.rolecall.identity.IssuerAlias;
import dev.rolecall.identity.Partition;
import dev.rolecall.identity.RoleId;
import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.policy.Place;
import dev.rolecall.policy.document.internal.FieldReader;
import dev.rolecall.policy.document.internal.FirstPlaces;
import dev.rolecall.policy.document.internal.KnownKeys;
import dev.rolecall.policy.document.internal.Mapping;
import dev.rolecall.policy.document.internal.Node;
import dev.rolecall.policy.document.internal.ProblemCode;
import dev.rolecall.policy.document.internal.Remarks;
import dev.rolecall.service.rules.Directory;
import dev.rolecall.service.rules.DirectoryName;
import dev.rolecall.service.rules.PermissionSetRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the directories of people. */
final class DirectoryReader {

  private static final String ROLES = "roles";
  private static final String ISSUER = "issuer";
  private static final KnownKeys ROLE =
      KnownKeys.of("account", "permission_set", "role_id", "partition");
  private static final KnownKeys DIRECTORY = KnownKeys.of("name", ROLES, ISSUER).with(ROLES, ROLE);

  private final Remarks remarks;
  private final FieldReader read;
  private final ValueReader values;
  private final FirstPlaces<DirectoryName> names;
  private final FirstPlaces<RoleId> roleIds;
  private final FirstPlaces<IssuerAlias> issuers;

  DirectoryReader(Remarks remarks) {
    this.remarks = remarks;
    this.read = new FieldReader(remarks);
    this.values = new ValueReader(remarks);
    this.names = new FirstPlaces<>(ProblemCode.REPEATED_NAME, remarks);
    this.roleIds = new FirstPlaces<>(ProblemCode.INVALID_DIRECTORY, remarks);
    this.issuers = new FirstPlaces<>(ProblemCode.INVALID_DIRECTORY, remarks);
  }

  /** The directories that have no problem. */
  List<Directory> directories(Mapping rules) {
    List<Directory> directories = new ArrayList<>();
    for (Node item : read.optionalList(rules, "directories")) {
      read.mapping("a directory", DIRECTORY, item)
          .flatMap(this::directory)
          .ifPresent(directories::add);
    }
    return directories;
  }

  /** The places of the names, in the order they are written. */
  FirstPlaces<DirectoryName> names() {
    return names;
  }

  private Optional<Directory> directory(Mapping mapping) {
    Optional<DirectoryName> name =
        values
            .value(mapping, "name", ProblemCode.INVALID_NAME, DirectoryName::new)
            .filter(
                found ->
                    names.take(
                        found,
                        mapping.at(),
                        "directory \"" + found + "\"",
                        "a unique name; the directory at %s has it too"));
    boolean hasRoles = read.optional(mapping, ROLES).isPresent();
    boolean hasIssuer = read.optional(mapping, ISSUER).isPresent();
    if (hasRoles == hasIssuer) {
      remarks.problem(
          mapping.at(),
          ProblemCode.INVALID_DIRECTORY,
          "the directory has "
              + (hasRoles ? "roles and an issuer" : "neither roles nor an issuer")
              + " (expected: one of roles, issuer)");
      return Optional.empty();
    }
    return hasRoles ? ofRoles(name, mapping) : ofIssuer(name, mapping);
  }

  private Optional<Directory> ofRoles(Optional<DirectoryName> name, Mapping mapping) {
    List<PermissionSetRole> roles = new ArrayList<>();
    List<Node> items = read.requiredList(mapping, ROLES);
    if (items.size() > Directory.PermissionSets.MOST_ROLES) {
      remarks.problem(
          mapping.at(),
          ProblemCode.INVALID_DIRECTORY,
          "the directory has "
              + items.size()
              + " roles (expected: at most "
              + Directory.PermissionSets.MOST_ROLES
              + "; divide it)");
      return Optional.empty();
    }
    for (Node item : items) {
      read.mapping("a role of the directory", ROLE, item).flatMap(this::role).ifPresent(roles::add);
    }
    return roles.isEmpty()
        ? Optional.empty()
        : name.map(found -> new Directory.PermissionSets(found, roles));
  }

  private Optional<Directory> ofIssuer(Optional<DirectoryName> name, Mapping mapping) {
    Optional<IssuerAlias> issuer =
        values
            .value(mapping, ISSUER, ProblemCode.INVALID_DIRECTORY, IssuerAlias::new)
            .filter(
                found ->
                    issuers.take(
                        found,
                        mapping.at(),
                        "issuer \"" + found + "\"",
                        "an issuer of one directory; the one at %s has it too"));
    return name.flatMap(found -> issuer.map(alias -> new Directory.IssuerSubjects(found, alias)));
  }

  private Optional<PermissionSetRole> role(Mapping mapping) {
    Place at = mapping.at();
    Optional<AccountId> account =
        values.value(mapping, "account", ProblemCode.INVALID_ACCOUNT, AccountId::parse);
    Optional<RoleId> id =
        values
            .value(mapping, "role_id", ProblemCode.INVALID_DIRECTORY, RoleId::parse)
            .filter(
                found ->
                    roleIds.take(
                        found,
                        at,
                        "role_id \"" + found + "\"",
                        "a role once, in one directory; it is at %s too"));
    Partition partition =
        values
            .optional(mapping, "partition", ProblemCode.INVALID_DIRECTORY, Partition::parse)
            .orElse(Partition.AWS);
    Optional<RolePattern.PermissionSet> set =
        account.flatMap(
            found ->
                values.value(
                    mapping,
                    "permission_set",
                    ProblemCode.INVALID_DIRECTORY,
                    text -> new RolePattern.PermissionSet(partition, found, text)));
    return set.flatMap(found -> id.map(pinned -> new PermissionSetRole(found, pinned)));
  }
}
