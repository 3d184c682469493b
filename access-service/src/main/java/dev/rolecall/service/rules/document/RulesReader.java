package dev.rolecall.service.rules.document;

import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.policy.Place;
import dev.rolecall.policy.document.internal.FieldReader;
import dev.rolecall.policy.document.internal.KnownKeys;
import dev.rolecall.policy.document.internal.Mapping;
import dev.rolecall.policy.document.internal.Node;
import dev.rolecall.policy.document.internal.NoteCode;
import dev.rolecall.policy.document.internal.Remarks;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.service.rules.AccessLimits;
import dev.rolecall.service.rules.AccessRule;
import dev.rolecall.service.rules.AccessRules;
import dev.rolecall.service.rules.Directory;
import dev.rolecall.service.rules.Party;
import dev.rolecall.service.rules.People;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the meaning of a text of access rules and reports all that is wrong with it. */
final class RulesReader {

  private static final String ADMINS = "admins";
  private static final String ENFORCERS = "enforcers";
  private static final KnownKeys RULES =
      KnownKeys.of("directories", "rules", ADMINS, ENFORCERS, "waiting_alert");

  private final Remarks remarks;
  private final FieldReader read;
  private final ValueReader values;

  RulesReader(Remarks remarks) {
    this.remarks = remarks;
    this.read = new FieldReader(remarks);
    this.values = new ValueReader(remarks);
  }

  /** The rules; empty if there is a problem, which has been reported. */
  Optional<AccessRules> read(Node root) {
    return read.mapping("the rules", RULES, root).flatMap(this::rules);
  }

  private Optional<AccessRules> rules(Mapping text) {
    DirectoryReader directoryReader = new DirectoryReader(remarks);
    List<Directory> directories = directoryReader.directories(text);
    PartyReader parties = new PartyReader(remarks, directories);
    List<RuleReader.Placed> rules = new RuleReader(remarks, parties).rules(text);
    List<Party> admins = parties.parties(ADMINS, read.optionalList(text, ADMINS));
    List<PrincipalPattern> enforcers = parties.enforcers(text, ENFORCERS);
    Duration alert =
        values
            .time(text, "waiting_alert", AccessLimits.SHORTEST, AccessLimits.LONGEST)
            .orElse(AccessRules.WAITING_ALERT);
    if (remarks.anyProblem()) {
      return Optional.empty();
    }
    directoryReader
        .names()
        .places()
        .forEach(
            (name, at) -> {
              if (!parties.hasUsed(name)) {
                remarks.note(
                    at, NoteCode.UNUSED_DIRECTORY, "directory \"" + name + "\" is used by no rule");
              }
            });
    note(text.at(), directories, rules);
    noteAbsent(text.at(), ADMINS, admins, "nothing can be locked");
    noteAbsent(text.at(), ENFORCERS, enforcers, "no server can follow grants");
    Map<PermissionName, AccessRule> byName = new LinkedHashMap<>();
    rules.forEach(each -> byName.put(each.rule().permission(), each.rule()));
    return Optional.of(new AccessRules(new People(directories), byName, admins, enforcers, alert));
  }

  private void noteAbsent(Place at, String key, List<?> parties, String so) {
    if (parties.isEmpty()) {
      remarks.note(at, NoteCode.NO_PARTY, "no " + key + ", so " + so);
    }
  }

  /** A human who asks as a person and reviews as a role, or the reverse, cannot be known as one. */
  private void noteSelfApproval(RuleReader.Placed placed) {
    List<Party> requesters = placed.rule().requesters();
    List<Party> reviewers = placed.rule().reviewing().reviewers();
    boolean asPerson = isAnyRole(reviewers) && requesters.stream().anyMatch(Party::isOpen);
    boolean asRole = isAnyRole(requesters) && reviewers.stream().anyMatch(Party::isOpen);
    boolean asOtherRole = isAnyRole(requesters) && isAnyRole(reviewers);
    if (asPerson || asRole || asOtherRole) {
      remarks.note(
          placed.at(),
          NoteCode.ONE_COUNTS_TWICE,
          "a role among the "
              + (asPerson || asOtherRole ? "reviewers" : "requesters")
              + ": a person who can take it can approve what they asked for themselves");
    }
  }

  private static boolean isAnyRole(List<Party> parties) {
    return parties.stream().anyMatch(Party.OneRole.class::isInstance);
  }

  /**
   * One human should be one reviewer. Two directories cannot be compared, nor a person and a role.
   */
  private void note(Place at, List<Directory> directories, List<RuleReader.Placed> rules) {
    if (directories.size() > 1) {
      remarks.note(
          at,
          NoteCode.ONE_COUNTS_TWICE,
          "several directories: one human who is in two of them counts as two people");
    }
    for (RuleReader.Placed each : rules) {
      List<Party> reviewers = each.rule().reviewing().reviewers();
      if (each.rule().reviewing().quorum() > 1 && isAnyRole(reviewers)) {
        remarks.note(
            each.at(),
            NoteCode.ONE_COUNTS_TWICE,
            "a role among the reviewers: a person who can take it counts as two");
      }
      noteSelfApproval(each);
    }
  }
}
