package dev.rolecall.policy.document;

import dev.rolecall.identity.AccountId;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PlacedPath;
import dev.rolecall.policy.PolicyBuilder;
import dev.rolecall.policy.PolicyRule;
import dev.rolecall.policy.PolicySection;
import dev.rolecall.policy.PrincipalGroup;
import dev.rolecall.policy.RuleName;
import dev.rolecall.policy.document.internal.FieldReader;
import dev.rolecall.policy.document.internal.KnownKeys;
import dev.rolecall.policy.document.internal.Mapping;
import dev.rolecall.policy.document.internal.Node;
import dev.rolecall.policy.document.internal.NoteCode;
import dev.rolecall.policy.document.internal.Remarks;
import java.util.List;
import java.util.Optional;

/** Reads the meaning of a policy's structure and reports all that is wrong with it. */
final class PolicyReader {

  private static final KnownKeys POLICY =
      KnownKeys.of(
          "name", "groups", "account_groups", "deny_rules", "allow_rules", "public_methods");

  private final Remarks remarks;
  private final FieldReader read;
  private final NameReader names;
  private final GroupTable<List<AccountId>> accountGroups;
  private final GroupTable<PrincipalGroup> groups;
  private final PrincipalReader principals;
  private final PathReader paths;
  private final RuleReader rules;

  PolicyReader(Remarks remarks) {
    this.remarks = remarks;
    this.read = new FieldReader(remarks);
    this.names = new NameReader(remarks);
    this.accountGroups = new GroupTable<>("account group", remarks);
    this.groups = new GroupTable<>("group", remarks);
    this.principals = new PrincipalReader(remarks, groups, accountGroups);
    this.paths = new PathReader(remarks);
    this.rules = new RuleReader(remarks, names, principals, paths);
  }

  /** The policy; empty if there is a problem, which has been reported. */
  Optional<AccessPolicy> read(Node root) {
    return read.mapping("the policy", POLICY, root).flatMap(this::policy);
  }

  private Optional<AccessPolicy> policy(Mapping mapping) {
    Optional<RuleName> name = names.name(mapping);
    GroupReader groupReader = new GroupReader(remarks, groups, accountGroups);
    groupReader.readAccountGroups(mapping);
    groupReader.readGroups(mapping, principals);
    List<PolicyRule> deny = rules.rules(PolicySection.DENY_RULES, mapping);
    List<PolicyRule> allow = rules.rules(PolicySection.ALLOW_RULES, mapping);
    List<PlacedPath> open = paths.publicMethods(mapping);
    if (remarks.anyProblem() || name.isEmpty()) {
      return Optional.empty();
    }
    groups.noteUnused(NoteCode.UNUSED_GROUP, "rule");
    accountGroups.noteUnused(NoteCode.UNUSED_ACCOUNT_GROUP, "principal");
    new PolicyReview(remarks).review(mapping.at(), deny, allow, open);
    PolicyBuilder policy = AccessPolicy.builder(name.get().value());
    deny.forEach(policy::add);
    allow.forEach(policy::add);
    open.forEach(policy::addPublic);
    return Optional.of(policy.build());
  }
}
