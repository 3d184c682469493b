package dev.rolecall.policytools;

import dev.rolecall.policy.document.internal.FieldReader;
import dev.rolecall.policy.document.internal.GrantReader;
import dev.rolecall.policy.document.internal.Mapping;
import dev.rolecall.policy.document.internal.Node;
import dev.rolecall.policy.document.internal.Remarks;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.policy.grant.ResourceName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the grants that a case states its caller to hold; left out, it holds none. */
final class GrantsReader {

  static final String GRANTS = "grants";

  private final FieldReader read;
  private final GrantReader grants;

  GrantsReader(Remarks remarks) {
    this.read = new FieldReader(remarks);
    this.grants = new GrantReader(remarks);
  }

  /** The grants; without those that have a problem, which has been reported. */
  List<StatedGrant> grants(Mapping policyCase) {
    List<StatedGrant> stated = new ArrayList<>();
    for (Node item : read.optionalList(policyCase, GRANTS)) {
      grant(item).ifPresent(stated::add);
    }
    return stated;
  }

  private Optional<StatedGrant> grant(Node item) {
    if (item instanceof Node.Fields) {
      return read.mapping("a grant", GrantReader.KEYS, item).flatMap(this::ofMapping);
    }
    return grants
        .permission("a grant", item)
        .map(permission -> new StatedGrant(permission, Optional.empty()));
  }

  private Optional<StatedGrant> ofMapping(Mapping grant) {
    Optional<PermissionName> permission = grants.permission(grant);
    Optional<Node> resource = read.optional(grant, GrantReader.RESOURCE);
    Optional<ResourceName> name =
        resource.flatMap(node -> grants.made(GrantReader.RESOURCE, node, ResourceName::of));
    return permission.isEmpty() || name.isPresent() != resource.isPresent()
        ? Optional.empty()
        : Optional.of(new StatedGrant(permission.get(), name));
  }
}
