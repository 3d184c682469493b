package dev.rolecall.fuzz.properties;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.fuzz.StatedFacts;
import dev.rolecall.fuzz.judge.NaiveCall;
import dev.rolecall.fuzz.judge.NaiveCaller;
import dev.rolecall.fuzz.judge.NaivePolicy;
import dev.rolecall.fuzz.judge.NaivePrincipal;
import dev.rolecall.fuzz.judge.NaivePrincipal.Role;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.Decision;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.policy.document.PolicyDocument;
import dev.rolecall.policy.document.PolicyReading;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.statistics.Statistics;

@AddLifecycleHook(TriedCount.class)
class PolicyProperties {

  private static final int FEW = 20;

  /** Of decisions that conditions are read for. */
  private static final int FEW_OF_ONE_CALL = 2;

  @Provide
  Arbitrary<WrittenPolicy> policies() {
    return Policies.any();
  }

  @Provide
  Arbitrary<Role> roles() {
    return Roles.any();
  }

  @Provide
  Arbitrary<String> methods() {
    return Policies.methods();
  }

  @Provide
  Arbitrary<NaiveCall> calls() {
    return Conditions.calls();
  }

  /** Three methods, eight roles and three calls: each of one by each of the others. */
  @Provide
  Arbitrary<List<Question>> questions() {
    return Combinators.combine(
            methods().list().ofSize(3), roles().list().ofSize(8), calls().list().ofSize(3))
        .as(PolicyProperties::eachOfEach);
  }

  private static List<Question> eachOfEach(
      List<String> methods, List<Role> roles, List<NaiveCall> calls) {
    return methods.stream()
        .flatMap(
            method ->
                roles.stream()
                    .flatMap(role -> calls.stream().map(call -> new Question(method, role, call))))
        .toList();
  }

  /** Whether that role may call that method so. */
  record Question(String method, Role role, NaiveCall call) {

    NaivePolicy.Answer by(NaivePolicy plain) {
      return plain.decide(NaiveCaller.of(role), method, call);
    }

    NaivePolicy.Answer by(AccessPolicy compiled) {
      return decide(compiled, role, method, call);
    }
  }

  @Property(tries = 200)
  void compiledPolicy_decidesAsTheFileReadPlainly(
      @ForAll("policies") WrittenPolicy written, @ForAll("questions") List<Question> questions) {
    AccessPolicy compiled = read(written.yaml());
    NaivePolicy plain = NaivePolicy.of(written.yaml());

    for (Question question : questions) {
      String method = question.method();
      assertThat(compiled.isPublic(MethodPath.parse(method))).isEqualTo(plain.isPublic(method));
      NaivePolicy.Answer expected = question.by(plain);
      assertThat(question.by(compiled)).as("%s", question).isEqualTo(expected);
      // Asked again: the answer is remembered now, unless it is of this call alone.
      assertThat(question.by(compiled)).isEqualTo(expected);
    }
  }

  /**
   * Without these the property above would be true of nothing. The seed is fixed: a random run of
   * 200 policies may have no condition that lets a call pass.
   */
  @Property(tries = 200, seed = "1")
  void generatedCalls_meetEveryAnswer(
      @ForAll("policies") WrittenPolicy written, @ForAll("questions") List<Question> questions) {
    NaivePolicy plain = NaivePolicy.of(written.yaml());

    questions.forEach(question -> collect(question.by(plain)));
  }

  private static void collect(NaivePolicy.Answer expected) {
    Statistics.label("decision")
        .collect(word(expected), expected.readsCall() ? "this call" : "caller")
        .coverage(
            seen -> {
              seen.check("allow", "caller").count(count -> count >= FEW);
              seen.check("deny", "caller").count(count -> count >= FEW);
              seen.check("grant", "caller").count(count -> count >= FEW);
              seen.check("allow", "this call").count(count -> count >= FEW_OF_ONE_CALL);
              seen.check("deny", "this call").count(count -> count >= FEW_OF_ONE_CALL);
              seen.check("none", "this call").count(count -> count >= FEW_OF_ONE_CALL);
            });
  }

  private static String word(NaivePolicy.Answer expected) {
    if (!expected.needs().isEmpty()) {
      return "grant";
    }
    return expected.allowed() ? "allow" : expected.rule().isEmpty() ? "none" : "deny";
  }

  @Property(tries = 200)
  void yamlJsonAndBuilder_decideAlike(
      @ForAll("policies") WrittenPolicy written,
      @ForAll("calls") NaiveCall call,
      @ForAll("roles") Role role,
      @ForAll("methods") String method) {
    NaivePolicy.Answer decision = decide(read(written.yaml()), role, method, call);

    assertThat(decide(read(written.json()), role, method, call)).isEqualTo(decision);
    assertThat(decide(written.built(), role, method, call)).isEqualTo(decision);
  }

  @Property(tries = 200)
  void denyBeatsAllow_whateverTheOrder(
      @ForAll("policies") WrittenPolicy written,
      @ForAll @Size(8) List<@From("roles") Role> roles,
      @ForAll("methods") String method,
      @ForAll("calls") NaiveCall call,
      @ForAll Random order) {
    WrittenPolicy denyOnly = new WrittenPolicy(written.deny(), List.of(), List.of());
    WrittenPolicy shuffled =
        new WrittenPolicy(
            shuffled(written.deny(), order), shuffled(written.allow(), order), written.open());

    for (Role role : roles) {
      boolean denied = !decide(read(denyOnly.yaml()), role, method, call).rule().isEmpty();
      NaivePolicy.Answer answer = decide(read(written.yaml()), role, method, call);
      if (denied) {
        assertThat(answer.allowed()).isFalse();
        assertThat(answer.rule()).startsWith("deny");
      }
      assertThat(decide(read(shuffled.yaml()), role, method, call).allowed())
          .isEqualTo(answer.allowed());
    }
  }

  @Property(tries = 200)
  void acceptedPolicy_allowsNobodyOfAnAccountItDoesNotName(
      @ForAll("policies") WrittenPolicy written,
      @ForAll @Size(8) List<@From("roles") Role> roles,
      @ForAll("methods") String method,
      @ForAll("calls") NaiveCall call) {
    List<String> allowed =
        written.allow().stream()
            .flatMap(rule -> rule.principals().stream())
            .map(p -> NaivePrincipal.partition(p) + " " + NaivePrincipal.account(p))
            .toList();
    AccessPolicy policy = read(written.yaml());

    for (Role role : roles) {
      if (decide(policy, role, method, call).allowed()) {
        assertThat(allowed).contains(role.partition() + " " + role.account());
      }
      Role stranger = new Role(role.partition(), "999999999999", role.name(), role.id());
      assertThat(decide(policy, stranger, method, call).allowed()).isFalse();
    }
  }

  static AccessPolicy read(String text) {
    return PolicyDocument.read("generated", text.getBytes(UTF_8))
        .fold(
            PolicyReading.Loaded::policy,
            rejected -> {
              throw new AssertionError(rejected.problems() + "\n" + text);
            });
  }

  private static NaivePolicy.Answer decide(
      AccessPolicy policy, Role role, String method, NaiveCall call) {
    Decision decision =
        policy.decide(
            RoleProperties.caller(role, "any"), MethodPath.parse(method), new StatedFacts(call));
    return NaivePolicy.Answer.of(decision);
  }

  private static <T> List<T> shuffled(List<T> items, Random order) {
    List<T> shuffled = new ArrayList<>(items);
    Collections.shuffle(shuffled, order);
    return shuffled;
  }
}
