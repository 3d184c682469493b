package dev.rolecall.policy.document;

import dev.rolecall.identity.AccountId;
import dev.rolecall.policy.Place;
import dev.rolecall.policy.PrincipalGroup;
import dev.rolecall.policy.RulePrincipal;
import dev.rolecall.policy.document.internal.FieldReader;
import dev.rolecall.policy.document.internal.Mapping;
import dev.rolecall.policy.document.internal.Node;
import dev.rolecall.policy.document.internal.ProblemCode;
import dev.rolecall.policy.document.internal.Remarks;
import dev.rolecall.policy.internal.Printable;
import java.util.List;
import java.util.Optional;

/** Reads the groups that a text defines: of accounts, and of principals. */
final class GroupReader {

  /** The most accounts of one account group. */
  static final int MOST_ACCOUNTS = 10_000;

  private static final int ACCOUNT_DIGITS = 12;

  private final Remarks remarks;
  private final FieldReader read;
  private final GroupTable<PrincipalGroup> groups;
  private final GroupTable<List<AccountId>> accountGroups;

  GroupReader(
      Remarks remarks,
      GroupTable<PrincipalGroup> groups,
      GroupTable<List<AccountId>> accountGroups) {
    this.remarks = remarks;
    this.read = new FieldReader(remarks);
    this.groups = groups;
    this.accountGroups = accountGroups;
  }

  /** Takes the account groups of one text. */
  void readAccountGroups(Mapping policy) {
    for (Node.Field field : entries(policy, "account_groups", accountGroups)) {
      String name = field.key().value();
      if (accountGroups.define(name, field.key().at())) {
        List<AccountId> accounts = accounts(accountGroups.named(name), field.value());
        if (!accounts.isEmpty()) {
          accountGroups.set(name, accounts);
        }
      }
    }
  }

  /** Takes the groups of one text. The account groups of all texts come first. */
  void readGroups(Mapping policy, PrincipalReader principals) {
    for (Node.Field field : entries(policy, "groups", groups)) {
      String name = field.key().value();
      Place at = field.key().at();
      if (groups.define(name, at)) {
        String named = groups.named(name);
        List<RulePrincipal> members = principals.members(named, read.list(named, field.value()));
        if (!members.isEmpty()) {
          groups.set(name, new PrincipalGroup(name, members, at));
        }
      }
    }
  }

  private List<Node.Field> entries(Mapping policy, String key, GroupTable<?> table) {
    List<Node.Field> entries = read.optionalEntries(policy, key);
    if (entries.isEmpty() && read.optional(policy, key).isPresent()) {
      table.incomplete();
    }
    return entries;
  }

  private List<AccountId> accounts(String group, Node node) {
    List<Node> items = read.list(group, node);
    if (items.size() > MOST_ACCOUNTS) {
      remarks.problem(
          items.get(MOST_ACCOUNTS).at(),
          ProblemCode.TOO_MANY,
          group + ": " + items.size() + " accounts (expected: at most " + MOST_ACCOUNTS + ")");
      return List.of();
    }
    return read.strings(group, items, (text, at) -> account(group, text, at));
  }

  private Optional<AccountId> account(String group, String text, Place at) {
    try {
      return Optional.of(AccountId.parse(text));
    } catch (IllegalArgumentException e) {
      boolean miscounted = text.chars().allMatch(c -> c >= '0' && c <= '9');
      remarks.problem(
          at,
          ProblemCode.INVALID_ACCOUNT,
          group
              + ": "
              + Printable.quoted(text)
              + (miscounted ? " has " + text.length() + " digits" : "")
              + " (expected: an account id of "
              + ACCOUNT_DIGITS
              + " digits)");
      return Optional.empty();
    }
  }
}
