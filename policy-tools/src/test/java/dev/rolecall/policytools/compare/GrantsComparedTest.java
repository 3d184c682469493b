package dev.rolecall.policytools.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.policytools.CallerQuery;
import dev.rolecall.policytools.Policies;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Policies that differ in the grants that rules require. */
@Tag("attack")
final class GrantsComparedTest {

  private static final CallerQuery CALLER = CallerQuery.parse(Policies.ROLE + "a");

  private static AccessPolicy requiring(String grants) {
    StringBuilder rules = new StringBuilder("name: x\n");
    if (!grants.equals("no rule")) {
      rules.append("allow_rules:\n");
      for (String grant : grants.split(" or ", -1)) {
        rules
            .append("  - name: r ")
            .append(grant.replaceAll("[^a-z]", ""))
            .append("\n    source: {principals: [\"")
            .append(Policies.ROLE)
            .append("a\"]")
            .append(grant.equals("none") ? "" : ", requires_grant: " + grant)
            .append("}\n    request: {paths: [\"/s.S/M\"]}\n");
      }
    }
    return Policies.loaded(rules.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "none; p; tightens; allow; needs_grant",
        "p; none; loosens; needs_grant; allow",
        "no rule; p; loosens; deny; needs_grant",
        "p; no rule; tightens; needs_grant; deny",
        "no rule; none; loosens; deny; allow",
        "none; no rule; tightens; allow; deny",
        "p; p or q; loosens; needs_grant; needs_grant",
        "p or q; p; tightens; needs_grant; needs_grant",
        "p; q; differs; needs_grant; needs_grant",
        "p or q; q or t; differs; needs_grant; needs_grant",
        "p; '{permission: p, resource: o}'; loosens; needs_grant; needs_grant",
        "'{permission: p, resource: o}'; p; tightens; needs_grant; needs_grant",
        "p; '{permission: p, resource: \"{header:x-a}\"}'; differs; needs_grant; needs_grant",
        "'{permission: p, resource: o}'; '{permission: p, resource: u}'; differs; needs_grant;"
            + " needs_grant",
      })
  void grantOfARule_thatChanges_isAChange_andItsDirectionIsTold(
      String old, String next, String effect, String before, String after) {
    assertThat(changes(requiring(old), requiring(next)))
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.before().answer()).hasToString(before);
              assertThat(change.after().answer()).hasToString(after);
              assertThat(change.effect()).hasToString(effect);
              assertThat(change.methods()).hasToString("/s.S/M");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "p; p",
        "p or q; q or p",
        "p or none; none",
        "none; none or p",
        "p; '{permission: p}'",
        "p or {permission: p, resource: o}; {permission: p, resource: o}",
      })
  void grants_thatMeanTheSame_changeNothing(String old, String next) {
    assertThat(changes(requiring(old), requiring(next))).isEmpty();
  }

  @Test
  void grants_ofTwoLayers_areAllCompared() {
    AccessPolicy both = requiring("p").narrowedBy(requiring("q"));

    assertThat(changes(requiring("p"), both))
        .singleElement()
        .satisfies(change -> assertThat(change.effect()).hasToString("tightens"));
    assertThat(changes(both, requiring("q").narrowedBy(requiring("p")))).isEmpty();
    assertThat(changes(both, requiring("p or q")))
        .singleElement()
        .satisfies(change -> assertThat(change.effect()).hasToString("loosens"));
  }

  private static List<AnswerChange> changes(AccessPolicy before, AccessPolicy after) {
    return PolicyComparison.of(before, after, List.of(CALLER), List.of(MethodPath.parse("/s.S/M")))
        .changes();
  }
}
