package dev.rolecall.policy.document;

import dev.rolecall.identity.AccountId;
import dev.rolecall.identity.pattern.OidcPattern;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.policy.Place;
import dev.rolecall.policy.PolicyRule;
import dev.rolecall.policy.PrincipalGroup;
import dev.rolecall.policy.RulePrincipal;
import dev.rolecall.policy.document.internal.FieldReader;
import dev.rolecall.policy.document.internal.KnownAliases;
import dev.rolecall.policy.document.internal.Mapping;
import dev.rolecall.policy.document.internal.Node;
import dev.rolecall.policy.document.internal.PrincipalNotes;
import dev.rolecall.policy.document.internal.ProblemCode;
import dev.rolecall.policy.document.internal.Remarks;
import dev.rolecall.policy.internal.Printable;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the principals of rules and of groups. */
final class PrincipalReader {

  /** The most patterns of one policy, each group's counted once. */
  static final int MOST = 100_000;

  private static final Pattern GROUP_SLIP = Pattern.compile("(?i)groups?\\s*:");
  private static final Pattern URL_FOR_ALIAS = Pattern.compile("(oidc|client):https?:/");
  private static final String PRINCIPALS = "principals";
  static final String ACTORS = "actors";
  private static final String ANY = "any";

  private final Remarks remarks;
  private final FieldReader read;
  private final GroupTable<PrincipalGroup> groups;
  private final GroupTable<List<AccountId>> accountGroups;
  private final KnownAliases aliases;
  private int patterns;

  PrincipalReader(
      Remarks remarks,
      GroupTable<PrincipalGroup> groups,
      GroupTable<List<AccountId>> accountGroups,
      KnownAliases aliases) {
    this.aliases = aliases;
    this.remarks = remarks;
    this.read = new FieldReader(remarks);
    this.groups = groups;
    this.accountGroups = accountGroups;
  }

  /** The principals of a rule's source; empty if none is valid, which has been reported. */
  List<RulePrincipal> principals(Mapping source) {
    return read.strings(
        PRINCIPALS,
        read.requiredList(source, PRINCIPALS),
        (text, at) -> principalOrGroup(PRINCIPALS, text, at));
  }

  private Optional<RulePrincipal> principalOrGroup(String key, String text, Place at) {
    return text.startsWith(PrincipalGroup.PREFIX) ? group(key, text, at) : principal(key, text, at);
  }

  /** The actors of a rule's source; a problem with them has been reported. */
  PolicyRule.Actors actors(Mapping source) {
    Optional<Node> node = read.optional(source, ACTORS);
    if (node.isEmpty()) {
      return new PolicyRule.Actors.Unstated();
    }
    Place at = node.get().at();
    if (node.get() instanceof Node.Scalar scalar) {
      if (!scalar.value().equals(ANY)) {
        problem(at, ProblemCode.INVALID_ACTOR, ACTORS, scalar.value(), "any, or a list of actors");
      }
      return new PolicyRule.Actors.Any();
    }
    List<RulePrincipal> actors = read.strings(ACTORS, read.list(ACTORS, node.get()), this::actor);
    return actors.isEmpty()
        ? new PolicyRule.Actors.Unstated()
        : new PolicyRule.Actors.OneOf(actors);
  }

  /** A token names its actor by its subject alone. */
  private Optional<RulePrincipal> actor(String text, Place at) {
    if (text.startsWith(OidcPattern.CLIENT_PREFIX)) {
      problem(
          at,
          ProblemCode.INVALID_ACTOR,
          ACTORS,
          text,
          "the subject of the actor, oidc:{alias}:{subject}");
      return Optional.empty();
    }
    if (text.equals(ANY)) {
      problem(at, ProblemCode.INVALID_ACTOR, ACTORS, text, "actors: any, without a list");
      return Optional.empty();
    }
    return principalOrGroup(ACTORS, text, at);
  }

  /**
   * The members of a group; empty if none is valid, which has been reported.
   *
   * @param group the group, as a message says it
   */
  List<RulePrincipal> members(String group, List<Node> items) {
    return read.strings(group, items, (text, at) -> member(group, text, at));
  }

  private Optional<RulePrincipal> member(String group, String text, Place at) {
    if (text.startsWith(PrincipalGroup.PREFIX)) {
      problem(at, ProblemCode.NESTED_GROUP, group, text, "no group in a group, but its members");
      return Optional.empty();
    }
    return principal(group, text, at);
  }

  private Optional<RulePrincipal> group(String key, String text, Place at) {
    String name = text.substring(PrincipalGroup.PREFIX.length());
    if (groups.lacks(name)) {
      String expected = groups.expectedFor(name, PrincipalGroup.PREFIX, "");
      problem(at, ProblemCode.UNKNOWN_GROUP, key, text, expected);
      return Optional.empty();
    }
    return groups.get(name).map(group -> new RulePrincipal.Group(group, Optional.of(at)));
  }

  private Optional<RulePrincipal> principal(String key, String text, Place at) {
    if (GROUP_SLIP.matcher(text).lookingAt()) {
      String name = text.substring(text.indexOf(':') + 1).strip();
      problem(at, ProblemCode.INVALID_PRINCIPAL, key, text, PrincipalGroup.PREFIX + name);
      return Optional.empty();
    }
    if (URL_FOR_ALIAS.matcher(text).lookingAt()) {
      problem(
          at,
          ProblemCode.INVALID_PRINCIPAL,
          key,
          text,
          "oidc:{alias}:{subject}; the alias is the server's name for the issuer, not its URL");
      return Optional.empty();
    }
    return AccountTemplate.isMeant(text) ? template(key, text, at) : single(key, text, at);
  }

  private Optional<RulePrincipal> single(String key, String text, Place at) {
    try {
      PrincipalPattern pattern = PrincipalPattern.parse(text);
      Optional<String> expected = aliases.expectedInsteadOf(pattern);
      if (expected.isPresent()) {
        problem(at, ProblemCode.UNKNOWN_ALIAS, key, text, expected.get());
        return Optional.empty();
      }
      PrincipalNotes.noteSurprises(key, text, pattern, at, remarks);
      return fits(1, at)
          ? Optional.of(new RulePrincipal.Single(pattern, Optional.of(at)))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      remarks.problem(at, ProblemCode.INVALID_PRINCIPAL, PrincipalNotes.complaint(key, text, e));
      return Optional.empty();
    }
  }

  private Optional<RulePrincipal> template(String key, String text, Place at) {
    Optional<AccountTemplate> template = AccountTemplate.parse(text);
    if (template.isEmpty()) {
      problem(at, ProblemCode.INVALID_PRINCIPAL, key, text, AccountTemplate.EXPECTED);
      return Optional.empty();
    }
    return template.flatMap(found -> inEachAccount(key, text, found, at));
  }

  private Optional<RulePrincipal> inEachAccount(
      String key, String text, AccountTemplate template, Place at) {
    if (template.isPinned()) {
      problem(
          at,
          ProblemCode.INVALID_PRINCIPAL,
          key,
          text,
          "no unique id behind an account group: an id belongs to the role of one account");
      return Optional.empty();
    }
    PrincipalPattern anywhere;
    try {
      anywhere = template.inAnyAccount();
    } catch (IllegalArgumentException e) {
      String complaint = PrincipalNotes.complaint(key, template.textInAnyAccount(), e);
      remarks.problem(at, ProblemCode.INVALID_PRINCIPAL, template.restored(complaint));
      return Optional.empty();
    }
    String name = template.group();
    if (accountGroups.lacks(name)) {
      String expected =
          accountGroups.expectedFor(name, template.before() + "{", "}" + template.after());
      problem(at, ProblemCode.UNKNOWN_ACCOUNT_GROUP, key, text, expected);
      return Optional.empty();
    }
    String normal = template.restored(anywhere.toString());
    PrincipalNotes.noteSurprises(key, text, normal, anywhere, at, remarks);
    return accountGroups
        .get(name)
        .filter(accounts -> fits(accounts.size(), at))
        .map(
            accounts ->
                new RulePrincipal.EachAccount(normal, template.in(accounts), Optional.of(at)));
  }

  /** Counts the patterns. The first that are too many are reported. */
  private boolean fits(int more, Place at) {
    boolean fitted = patterns <= MOST;
    patterns += Math.min(more, MOST + 1);
    if (fitted && patterns > MOST) {
      remarks.problem(
          at,
          ProblemCode.TOO_MANY,
          "more than "
              + MOST
              + " principals in the policy (expected: at most "
              + MOST
              + ", one for each account of an account group, each group counted once)");
    }
    return patterns <= MOST;
  }

  private void problem(Place at, ProblemCode code, String key, String text, String expected) {
    remarks.problem(
        at, code, key + ": " + Printable.quoted(text) + " (expected: " + expected + ")");
  }
}
