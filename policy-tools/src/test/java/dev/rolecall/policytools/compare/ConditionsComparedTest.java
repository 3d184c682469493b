package dev.rolecall.policytools.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.policy.PolicyBuilder;
import dev.rolecall.policy.condition.CallConditions;
import dev.rolecall.policy.condition.Cidr;
import dev.rolecall.policy.condition.HeaderMatch;
import dev.rolecall.policy.condition.HeaderName;
import dev.rolecall.policy.condition.HeaderPattern;
import dev.rolecall.policytools.CallerQuery;
import dev.rolecall.policytools.Policies;
import dev.rolecall.policytools.StatedCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Policies that differ in conditions: the calls that tell them apart are found. */
final class ConditionsComparedTest {

  private static final RoleArn ROLE = RoleArn.parse(Policies.ROLE + "a");
  private static final CallerQuery CALLER = CallerQuery.of(ROLE);
  private static final List<RolePattern> A = List.of(RolePattern.parse(ROLE.toString()));
  private static final MethodPath METHOD = MethodPath.parse("/s.S/M");

  private static AccessPolicy allowing(CallConditions conditions) {
    return AccessPolicy.builder("x").allow("r", A, conditions, METHOD.value()).build();
  }

  private static PolicyComparison compare(AccessPolicy before, AccessPolicy after) {
    return PolicyComparison.of(before, after, List.of(CALLER), List.of());
  }

  private static List<String> changes(CallConditions before, CallConditions after) {
    return compare(allowing(before), allowing(after)).changes().stream()
        .map(change -> change.call().orElseThrow() + " -> " + change.after().answer())
        .toList();
  }

  @Test
  void header_thatIsAsked_changesTheAnswerToACallWithoutIt() {
    assertThat(changes(CallConditions.none(), CallConditions.withHeader("x-tenant", "blue")))
        .containsExactly("no headers, address unknown -> deny");
  }

  @Test
  void header_withOneMoreValue_changesTheAnswerToThatValue() {
    assertThat(
            changes(
                CallConditions.withHeader("x-tenant", "blue"),
                CallConditions.withHeader("x-tenant", "blue", "green-*")))
        .containsExactly("header x-tenant: \"green-x\" -> allow");
  }

  @Test
  void network_thatShrinks_changesTheAnswerToAnAddressBetween() {
    assertThat(changes(CallConditions.from("10.0.0.0/8"), CallConditions.from("10.0.0.0/9")))
        .containsExactly("address 10.128.0.0 -> deny");
    assertThat(changes(CallConditions.none(), CallConditions.from("10.0.0.0/8")))
        .containsExactly("address 192.0.2.1 -> deny");
    assertThat(
            changes(
                CallConditions.from("2001:db8::/32"),
                CallConditions.from("2001:db8::/33", "2001:db8:8000::/33")))
        .isEmpty();
  }

  @Test
  void conditions_thatMeanTheSame_changeNothing() {
    assertThat(
            changes(
                CallConditions.withHeader("x-tenant", "*", "blue"),
                CallConditions.withHeader("x-tenant", "*")))
        .isEmpty();
    assertThat(
            changes(
                CallConditions.from("10.0.0.0/8"),
                CallConditions.from("10.0.0.0/8", "10.1.0.0/16")))
        .isEmpty();
  }

  @Test
  void headerValues_areAnsweredAsOneCallEach_notAsACaller() {
    PolicyComparison comparison =
        compare(
            allowing(CallConditions.withHeader("x-tenant", "blue")),
            allowing(CallConditions.withHeader("x-tenant", "blue")));

    // Absent, blue and another value; and the call without a proof.
    assertThat(comparison.asked()).isEqualTo(4);
    assertThat(comparison.changes()).isEmpty();
  }

  @Test
  void conditions_ofOtherCallersAndMethods_areNotCombined() {
    AccessPolicy policy =
        AccessPolicy.builder("x")
            .allow(
                "other",
                List.of(RolePattern.parse(Policies.ROLE + "b")),
                CallConditions.withHeader("x-tenant", "blue"),
                "/s.S/M")
            .allow("r", A, "/s.S/M")
            .build();

    assertThat(compare(policy, policy).asked()).isEqualTo(2);
  }

  @Test
  void conditions_thatMakeTooManyCalls_areSaidToBeTooMany() {
    String[] values = IntStream.range(0, 400).mapToObj(i -> "v" + i).toArray(String[]::new);
    AccessPolicy policy =
        allowing(
            CallConditions.withHeader("x-a", values).and(CallConditions.withHeader("x-b", values)));

    assertThatThrownBy(() -> compare(policy, policy))
        .hasMessageStartingWith(
            "the conditions of rules for one caller and method make more than 100000");
  }

  /** Whether any of very many calls is answered otherwise is what the comparison says. */
  @Test
  void comparison_anyTwoSmallPolicies_findsAChangeWhereThereIsOne() {
    Random random = new Random(20_261_129L);
    int changed = 0;
    int same = 0;
    for (int round = 0; round < 200; round++) {
      AccessPolicy before = policy(random);
      AccessPolicy after = random.nextBoolean() ? policy(random) : before;
      boolean differ = false;
      for (int i = 0; i < 300 && !differ; i++) {
        StatedCall call = call(random);
        differ = allows(before, call) != allows(after, call);
      }
      PolicyComparison comparison = compare(before, after);
      // What chance found must be found; what is found must be so.
      if (differ) {
        assertThat(comparison.changes()).as("%s, %s", before.rules(), after.rules()).isNotEmpty();
        changed++;
      }
      comparison
          .changes()
          .forEach(
              change -> assertThat(allows(before, change)).isNotEqualTo(allows(after, change)));
      same += comparison.changes().isEmpty() ? 1 : 0;
    }
    assertThat(changed).isGreaterThan(25);
    assertThat(same).isGreaterThan(25);
  }

  private static boolean allows(AccessPolicy policy, AnswerChange change) {
    MethodPath method = MethodPath.parse(change.methods().text().replace("*", "Other"));
    return policy
        .evaluate(IamRole.ofUnknownId(ROLE), method, change.call().orElseThrow())
        .isAllowed();
  }

  private static boolean allows(AccessPolicy policy, StatedCall call) {
    return policy.evaluate(IamRole.ofUnknownId(ROLE), METHOD, call).isAllowed();
  }

  private static AccessPolicy policy(Random random) {
    PolicyBuilder policy = AccessPolicy.builder("x");
    for (int i = random.nextInt(3); i >= 0; i--) {
      policy.allow("allow " + i, A, conditions(random), "/s.S/*");
    }
    if (random.nextBoolean()) {
      policy.deny("deny", A, conditions(random), METHOD.value());
    }
    return policy.build();
  }

  private static CallConditions conditions(Random random) {
    List<Cidr> networks = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      networks.add(
          Cidr.parse(
              List.of("10.0.0.0/8", "10.0.0.0/9", "10.128.0.0/9", "10.1.2.3", "2001:db8::/32")
                  .get(random.nextInt(5))));
    }
    List<HeaderMatch> headers = new ArrayList<>();
    for (String key : List.of("a", "b")) {
      List<HeaderPattern> values = new ArrayList<>();
      for (int i = random.nextInt(3); i > 0; i--) {
        values.add(
            HeaderPattern.parse(
                List.of("*", "u", "uv", "u*", "uv*", "*v", "*uv", "v*").get(random.nextInt(8))));
      }
      if (!values.isEmpty()) {
        headers.add(new HeaderMatch(HeaderName.parse(key), values));
      }
    }
    return new CallConditions(networks, headers);
  }

  private static StatedCall call(Random random) {
    StatedCall call = StatedCall.none();
    for (String key : List.of("a", "b")) {
      if (random.nextInt(4) > 0) {
        StringBuilder value = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
          value.append("uvw".charAt(random.nextInt(3)));
        }
        call = call.withHeader(key, value.toString());
      }
    }
    List<String> addresses =
        List.of("10.0.0.1", "10.128.0.1", "10.1.2.3", "192.0.2.1", "2001:db8::1", "2001:db9::1");
    return random.nextInt(5) == 0 ? call : call.from(addresses.get(random.nextInt(6)));
  }
}
