package dev.rolecall.policytools;

import dev.rolecall.policy.document.internal.FieldReader;
import dev.rolecall.policy.document.internal.GrantReader;
import dev.rolecall.policy.document.internal.Mapping;
import dev.rolecall.policy.document.internal.Node;
import dev.rolecall.policy.document.internal.Remarks;
import dev.rolecall.policy.grant.ResourceName;
import java.util.ArrayList;
import java.util.List;

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
      grants.grant("a grant", item, ResourceName::of, StatedGrant::new).ifPresent(stated::add);
    }
    return stated;
  }
}
