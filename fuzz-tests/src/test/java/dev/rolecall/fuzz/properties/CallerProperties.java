package dev.rolecall.fuzz.properties;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.fuzz.StatedCaller;
import dev.rolecall.fuzz.judge.NaiveCall;
import dev.rolecall.fuzz.judge.NaiveCaller;
import dev.rolecall.fuzz.judge.NaivePolicy;
import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.Caller;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.Decision;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.policy.condition.CallFacts;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.statistics.Statistics;

/** Callers of every kind, and what rules ask of them beside the principal. */
@AddLifecycleHook(TriedCount.class)
class CallerProperties {

  private static final int FEW = 15;

  private static final String METHOD = "/orders.v1.Orders/Get";

  @Provide
  Arbitrary<NaiveCaller> callers() {
    return Callers.any();
  }

  /** Policies as YAML: a deny rule or none, and up to three allow rules. */
  @Provide
  Arbitrary<String> policies() {
    return Combinators.combine(
            Callers.sources().list().ofMaxSize(1), Callers.sources().list().ofMaxSize(3))
        .as(CallerProperties::yaml);
  }

  @Property(tries = 400)
  void policy_decidesOnCallersAsTheFileReadPlainly(
      @ForAll("policies") String yaml,
      @ForAll @Size(12) List<@From("callers") NaiveCaller> callers) {
    AccessPolicy compiled = PolicyProperties.read(yaml);
    NaivePolicy plain = NaivePolicy.of(yaml);

    for (NaiveCaller caller : callers) {
      NaivePolicy.Answer expected = plain.decide(caller, METHOD, NaiveCall.UNKNOWN);
      assertThat(answer(compiled, StatedCaller.of(caller)))
          .as("%s by%n%s", caller, yaml)
          .isEqualTo(expected);
      // Asked again: the answer is remembered now.
      assertThat(answer(compiled, StatedCaller.of(caller))).isEqualTo(expected);
    }
  }

  /** Without these the property above would be true of nothing. The seed is fixed. */
  @Property(tries = 400, seed = "1")
  void generatedCallers_meetEveryAnswer(
      @ForAll("policies") String yaml,
      @ForAll @Size(12) List<@From("callers") NaiveCaller> callers) {
    NaivePolicy plain = NaivePolicy.of(yaml);

    callers.forEach(caller -> collect(plain.decide(caller, METHOD, NaiveCall.UNKNOWN)));
  }

  /** A caller cannot gain by leaving out what its credential says of it. */
  @Property(tries = 400)
  void callerThatSaysNothingOfItself_isAllowedNoMore(
      @ForAll("policies") String yaml,
      @ForAll @Size(12) List<@From("callers") NaiveCaller> callers) {
    AccessPolicy policy = PolicyProperties.read(yaml);

    for (NaiveCaller caller : callers) {
      Caller whole = StatedCaller.of(caller);
      Caller silent =
          new Caller(
              whole.principal(),
              Attributes.none().withActors(whole.attributes().actors()),
              whole.evidence(),
              whole.notAfter());
      if (answer(policy, silent).allowed()) {
        assertThat(answer(policy, whole).allowed()).as("%s", caller).isTrue();
      }
    }
  }

  private static void collect(NaivePolicy.Answer expected) {
    Statistics.label("decision")
        .collect(expected.allowed() ? "allow" : expected.rule().isEmpty() ? "none" : "deny")
        .coverage(
            seen -> {
              seen.check("allow").count(count -> count >= FEW);
              seen.check("deny").count(count -> count >= FEW);
            });
  }

  private static NaivePolicy.Answer answer(AccessPolicy policy, Caller caller) {
    Decision decision = policy.decide(caller, MethodPath.parse(METHOD), CallFacts.unknown());
    return NaivePolicy.Answer.of(decision);
  }

  private static String yaml(List<String> deny, List<String> allow) {
    return "name: generated\n" + section("deny_rules", deny) + section("allow_rules", allow);
  }

  private static String section(String key, List<String> sources) {
    return sources.isEmpty()
        ? ""
        : IntStream.range(0, sources.size())
            .mapToObj(
                i ->
                    "  - name: %s %d%n    source: %s%n    request: {paths: [\"%s\"]}%n"
                        .formatted(key, i, sources.get(i), METHOD))
            .collect(Collectors.joining("", key + ":\n", ""));
  }
}
