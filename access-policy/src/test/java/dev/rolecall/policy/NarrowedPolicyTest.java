package dev.rolecall.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.policy.condition.CallFacts;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One policy under another: the other takes away and never adds. */
@Tag("attack")
final class NarrowedPolicyTest {

  private static final RolePattern A = RolePattern.parse(Callers.ROLE + "a");
  private static final RolePattern B = RolePattern.parse(Callers.ROLE + "b");
  private static final RolePattern C = RolePattern.parse(Callers.ROLE + "c");

  private static final AccessPolicy WIDE =
      AccessPolicy.builder("wide")
          .allow("wide a b", List.of(A, B), "/s.S/M", "/s.S/N")
          .deny("wide no c", List.of(C), "/s.S/*")
          .publicMethods("/s.S/Open", "/s.S/HalfOpen")
          .build();

  private static final AccessPolicy NARROW =
      AccessPolicy.builder("narrow")
          .allow("narrow all", List.of(RolePattern.parse("arn:aws:iam::111122223333:*")), "/s.S/M")
          .allow("narrow c", List.of(A, B, C), "/s.S/Other")
          .deny("narrow no b", List.of(B), "/s.S/M")
          .publicMethods("/s.S/Open", "/s.S/Closed")
          .build();

  @ParameterizedTest
  @CsvSource({
    "a, /s.S/M, true, narrow all",
    "a, /s.S/N, false, -", // the other has no rule for it
    "a, /s.S/Other, false, -", // only the other has
    "b, /s.S/M, false, narrow no b", // the other's deny rule holds
    "c, /s.S/M, false, wide no c", // and so does this one's
    "d, /s.S/M, false, -",
    "a, /s.S/Unknown, false, -",
  })
  void decision_isYesWhereBothSayYes(String role, String method, boolean allowed, String rule) {
    AccessPolicy both = WIDE.narrowedBy(NARROW);

    Decision decision = both.decide(Callers.named(role), MethodPath.parse(method));

    assertThat(decision.isAllowed()).isEqualTo(allowed);
    assertThat(decision.rule().map(RuleName::value).orElse("-")).isEqualTo(rule);
    assertThat(
            both.evaluate(
                IamRole.ofUnknownId(RoleArn.parse(Callers.ROLE + role)),
                MethodPath.parse(method),
                CallFacts.unknown()))
        .isEqualTo(decision);
  }

  @ParameterizedTest
  @CsvSource({"Open, true", "HalfOpen, false", "Closed, false", "M, false"})
  void method_isPublicWhereBothSaySo(String method, boolean expected) {
    assertThat(WIDE.narrowedBy(NARROW).isPublic(MethodPath.parse("/s.S/" + method)))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"a, true", "b, true", "c, false", "d, false"})
  void caller_couldBeAllowedWhereBothHaveARuleForIt(String role, boolean expected) {
    assertThat(WIDE.narrowedBy(NARROW).couldAllow(Callers.named(role))).isEqualTo(expected);
    assertThat(NARROW.couldAllow(Callers.named(role))).isTrue();
    assertThat(AccessPolicy.builder("empty").build().couldAllow(Callers.named(role))).isFalse();
  }

  @Test
  void anEmptyOther_takesEverythingAway() {
    AccessPolicy both = WIDE.narrowedBy(AccessPolicy.builder("empty").build());

    assertThat(both.decide(Callers.named("a"), MethodPath.parse("/s.S/M")).isAllowed()).isFalse();
    assertThat(both.isPublic(MethodPath.parse("/s.S/Open"))).isFalse();
    assertThat(WIDE.couldAllow(Callers.named("a"))).isTrue();
    assertThat(both.couldAllow(Callers.named("a"))).isFalse();
  }

  @Test
  void narrowedTwice_allThreeMustSayYes() {
    AccessPolicy onlyB = AccessPolicy.builder("b").allow(B, "/s.S/*").build();
    AccessPolicy onlyA = AccessPolicy.builder("a").allow(A, "/s.S/*").build();
    MethodPath method = MethodPath.parse("/s.S/M");

    assertThat(WIDE.narrowedBy(NARROW).narrowedBy(onlyA).decide(Callers.named("a"), method))
        .isEqualTo(new Decision.Allowed(RuleName.parse(A.toString()), new Validity.ForCaller()));
    assertThat(
            WIDE.narrowedBy(NARROW)
                .narrowedBy(onlyB)
                .decide(Callers.named("a"), method)
                .isAllowed())
        .isFalse();
    assertThat(
            WIDE.narrowedBy(onlyB.narrowedBy(onlyA)).decide(Callers.named("a"), method).isAllowed())
        .isFalse();
  }

  @Test
  void source_followsBothAndKeepsWhatItMade() {
    ChangingSource wide = new ChangingSource(WIDE);
    ChangingSource narrow = new ChangingSource(NARROW);
    PolicySource both = wide.narrowedBy(narrow);
    List<Boolean> heard = new ArrayList<>();
    MethodPath method = MethodPath.parse("/s.S/M");
    PolicySource.Registration registration =
        both.onChange(
            () -> heard.add(both.current().decide(Callers.named("a"), method).isAllowed()));

    AccessPolicy first = both.current();
    assertThat(both.current()).isSameAs(first);
    narrow.change(AccessPolicy.builder("empty").build());
    narrow.change(NARROW);
    wide.change(AccessPolicy.builder("empty").build());
    registration.close();
    wide.change(WIDE);
    narrow.change(NARROW);

    assertThat(heard).containsExactly(false, true, false);
    assertThat(both.current().decide(Callers.named("a"), method).isAllowed()).isTrue();
    assertThat(both.current()).isSameAs(both.current());
  }
}
