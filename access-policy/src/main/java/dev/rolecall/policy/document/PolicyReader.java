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
import dev.rolecall.policy.document.internal.KnownAliases;
import dev.rolecall.policy.document.internal.KnownKeys;
import dev.rolecall.policy.document.internal.Mapping;
import dev.rolecall.policy.document.internal.Node;
import dev.rolecall.policy.document.internal.NoteCode;
import dev.rolecall.policy.document.internal.Remarks;
import java.util.List;
import java.util.Optional;

/** Reads the meaning of a policy's texts and reports all that is wrong with them. */
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

  PolicyReader(Remarks remarks, KnownAliases aliases) {
    this.remarks = remarks;
    this.read = new FieldReader(remarks);
    this.names = new NameReader(remarks);
    this.accountGroups = new GroupTable<>("account group", remarks);
    this.groups = new GroupTable<>("group", remarks);
    this.principals = new PrincipalReader(remarks, groups, accountGroups, aliases);
    this.paths = new PathReader(remarks);
    this.rules = new RuleReader(remarks, names, principals, paths);
  }

  /**
   * The policy of all texts; empty if there is a problem, which has been reported.
   *
   * @param complete whether every text of the policy could be read; a group may be defined in one
   *     that could not
   */
  Optional<AccessPolicy> read(List<Node> roots, boolean complete) {
    List<Mapping> texts =
        roots.stream().flatMap(root -> read.mapping("the policy", POLICY, root).stream()).toList();
    List<RuleName> named = texts.stream().flatMap(text -> names.name(text).stream()).toList();
    if (!complete || remarks.anyProblem()) {
      groups.incomplete();
      accountGroups.incomplete();
    }
    GroupReader groupReader = new GroupReader(remarks, groups, accountGroups);
    texts.forEach(groupReader::readAccountGroups);
    texts.forEach(text -> groupReader.readGroups(text, principals));
    List<PolicyRule> deny = rules(PolicySection.DENY_RULES, texts);
    List<PolicyRule> allow = rules(PolicySection.ALLOW_RULES, texts);
    List<PlacedPath> open =
        texts.stream().flatMap(text -> paths.publicMethods(text).stream()).toList();
    if (remarks.anyProblem() || texts.isEmpty()) {
      return Optional.empty();
    }
    groups.noteUnused(NoteCode.UNUSED_GROUP, "rule");
    accountGroups.noteUnused(NoteCode.UNUSED_ACCOUNT_GROUP, "principal");
    new PolicyReview(remarks).review(texts.get(0).at(), deny, allow, open);
    PolicyBuilder policy = AccessPolicy.builder(NameReader.joined(named).value());
    deny.forEach(policy::add);
    allow.forEach(policy::add);
    open.forEach(policy::addPublic);
    return Optional.of(policy.build());
  }

  private List<PolicyRule> rules(PolicySection section, List<Mapping> texts) {
    return texts.stream().flatMap(text -> rules.rules(section, text).stream()).toList();
  }
}
