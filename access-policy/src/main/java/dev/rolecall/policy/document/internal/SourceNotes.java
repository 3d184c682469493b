package dev.rolecall.policy.document.internal;

import dev.rolecall.identity.pattern.ApiClientPattern;
import dev.rolecall.identity.pattern.CertificatePattern;
import dev.rolecall.identity.pattern.OidcPattern;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.policy.PolicyRule;
import dev.rolecall.policy.RulePrincipal;
import dev.rolecall.policy.claim.CallerConditions;
import dev.rolecall.policy.internal.Printable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The notes about a rule's principals together with its conditions on the caller. */
public final class SourceNotes {

  /** GitHub's ids of an owner and of a repository, which no one else can register. */
  private static final Set<String> REPOSITORY_IDS = Set.of("repository_owner_id", "repository_id");

  private static final String REPOSITORY = "repo:";

  private final Remarks remarks;

  /** Notes that go to {@code remarks}. */
  public SourceNotes(Remarks remarks) {
    this.remarks = remarks;
  }

  /** Notes what a rule's source says and its writer may not have meant. */
  public void note(PolicyRule rule) {
    for (RulePrincipal principal : rule.principals()) {
      List<PrincipalPattern> patterns = principal.patterns().toList();
      neverStated(patterns, rule.source().conditions())
          .ifPresent(what -> noteNeverStated(rule, principal, what));
      if (!rule.denies() && patterns.stream().anyMatch(SourceNotes::isRepository)) {
        noteRepository(rule, principal);
      }
    }
    if (rule.denies() && rule.source().actors() instanceof PolicyRule.Actors.Any) {
      rule.at()
          .ifPresent(
              at ->
                  remarks.note(
                      at,
                      NoteCode.ANY_ACTOR_DENIED,
                      "rule "
                          + Printable.quoted(rule.name().value())
                          + " denies with actors: any, which narrows nothing: it also denies"
                          + " callers that act for themselves"));
    }
  }

  /**
   * The conditions that no caller of some pattern meets, as its credential states no such thing.
   */
  private static Optional<String> neverStated(
      List<PrincipalPattern> patterns, CallerConditions conditions) {
    boolean tokens = !conditions.claims().isEmpty() || !conditions.scopes().isEmpty();
    boolean tags = !conditions.tags().isEmpty();
    if (tokens && patterns.stream().anyMatch(SourceNotes::hasNoToken)) {
      return Optional.of("states no claims or scopes");
    }
    return tags && patterns.stream().anyMatch(pattern -> !(pattern instanceof RolePattern))
        ? Optional.of("states no tags, which are an IAM role's")
        : Optional.empty();
  }

  /** A SPIFFE ID may stand in a token, a JWT-SVID. */
  private static boolean hasNoToken(PrincipalPattern pattern) {
    return pattern instanceof ApiClientPattern || pattern instanceof CertificatePattern.Dns;
  }

  private void noteNeverStated(PolicyRule rule, RulePrincipal principal, String what) {
    note(
        principal,
        NoteCode.NEVER_STATED,
        what
            + (rule.denies()
                ? ": this deny rule matches it whatever its conditions say"
                : ": this rule never allows it"));
  }

  private static boolean isRepository(PrincipalPattern pattern) {
    return (pattern instanceof OidcPattern.Subject one
            && one.subject().subject().startsWith(REPOSITORY))
        || (pattern instanceof OidcPattern.SubjectPrefix several
            && several.prefix().startsWith(REPOSITORY));
  }

  private void noteRepository(PolicyRule rule, RulePrincipal principal) {
    boolean hasId =
        rule.source().conditions().claims().stream()
            .flatMap(claim -> Stream.of(claim.claim().names().get(0)))
            .anyMatch(REPOSITORY_IDS::contains);
    if (!hasId) {
      note(
          principal,
          NoteCode.NAME_CAN_BE_REGISTERED,
          "is a name that another owner may register once it is given up;"
              + " add a claim repository_owner_id");
    }
  }

  private void note(RulePrincipal principal, NoteCode code, String what) {
    principal
        .at()
        .ifPresent(
            at ->
                remarks.note(
                    at, code, "principals: " + Printable.quoted(principal.text()) + " " + what));
  }
}
