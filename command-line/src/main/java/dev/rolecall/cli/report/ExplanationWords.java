package dev.rolecall.cli.report;

import static java.util.stream.Collectors.joining;

import dev.rolecall.policy.Place;
import dev.rolecall.policytools.DecisionBasis;
import dev.rolecall.policytools.Explanation;
import dev.rolecall.policytools.MatchedClause;
import dev.rolecall.policytools.NearMiss;
import dev.rolecall.policytools.UnmetCondition;
import java.util.List;
import java.util.Optional;

/**
 * The words for the explanation of a decision.
 *
 * @param explanation the explanation
 */
public record ExplanationWords(Explanation explanation) {

  /** The answer, and why. */
  public String sentence() {
    return (explanation.isAllowed() ? "allowed: " : "denied: ") + why();
  }

  /** The part of the rule that matched; empty without a rule. */
  public Optional<String> clause() {
    return explanation.basis().clause().map(ExplanationWords::matched);
  }

  /** The choices of grants that the call lacks; none where it is allowed. */
  public List<String> needs() {
    return explanation.isAllowed()
        ? List.of()
        : explanation.basis().needed().choices().stream().map(GrantWords::of).toList();
  }

  /** The rules that would have decided otherwise but for one thing. */
  public List<String> near() {
    return explanation.near().stream()
        .map(near -> "rule \"" + near.rule() + "\"" + place(near.at()) + why(near))
        .toList();
  }

  private String why() {
    if (explanation.publicMethod()) {
      return "the method is public: any caller may call it";
    }
    DecisionBasis basis = explanation.basis();
    return basis
        .rule()
        .map(
            rule ->
                "by rule \"" + rule + "\"" + place(basis.ruleAt()) + basis.needed().heldInWords())
        .orElse(
            basis.needed().isNone()
                ? "no rule allows it"
                : "no rule allows it without a grant that the caller is not given");
  }

  private static String matched(MatchedClause clause) {
    return "whose principal "
        + clause.principalInWords()
        + " and path \""
        + clause.path()
        + "\""
        + place(clause.pathAt())
        + " match"
        + (ConditionWords.of(clause).isEmpty() ? "" : ", and whose conditions hold: ")
        + ConditionWords.of(clause);
  }

  private static String place(Optional<Place> at) {
    return at.map(place -> " at " + place).orElse("");
  }

  /** What keeps a rule from deciding, to be put behind its name. */
  public static String why(NearMiss near) {
    return switch (near.why()) {
      case OTHER_METHODS -> ": its principals match this caller, but its paths match other methods";
      case OTHER_CALLERS -> ": its paths match this method, but its principals match other callers";
      case CONDITIONS_NOT_MET ->
          near.unmet().stream().map(UnmetCondition::toString).collect(joining("; ", ": ", ""));
      case OTHER_ROLE_ID -> ": it pins another unique id, or one that --role-id did not give";
    };
  }
}
