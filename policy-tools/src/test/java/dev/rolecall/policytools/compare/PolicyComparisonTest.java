package dev.rolecall.policytools.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.policy.MethodPattern;
import dev.rolecall.policy.PolicyBuilder;
import dev.rolecall.policy.condition.CallFacts;
import dev.rolecall.policytools.CallerQuery;
import dev.rolecall.policytools.Policies;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PolicyComparisonTest {

  private static final RolePattern A = RolePattern.parse(Policies.ROLE + "a");
  private static final RolePattern B = RolePattern.parse(Policies.ROLE + "b");
  private static final CallerQuery CALLER_A = CallerQuery.parse(A.toString());
  private static final CallerQuery CALLER_B = CallerQuery.parse(B.toString());

  private static final AccessPolicy OLD =
      AccessPolicy.builder("old")
          .allow("a reads", List.of(A), "/s.S/Get*", "/s.S/List")
          .deny("b never", List.of(B), "/*")
          .publicMethods("/s.S/Ping")
          .build();

  private static List<String> changes(
      AccessPolicy before, AccessPolicy after, MethodPath... methods) {
    return PolicyComparison.of(before, after, List.of(CALLER_A, CALLER_B), List.of(methods))
        .changes()
        .stream()
        .map(PolicyComparisonTest::shown)
        .toList();
  }

  private static String shown(AnswerChange change) {
    String caller = change.caller().role().map(role -> role.arn().name().value()).orElse("nobody");
    return caller
        + " "
        + change.methods()
        + " "
        + change.before().answer()
        + " -> "
        + change.after().answer();
  }

  @Test
  void samePolicy_changesNothing_howeverItIsWritten() {
    AccessPolicy same =
        AccessPolicy.builder("new")
            .allow("a lists", List.of(A), "/s.S/List")
            .allow("a gets", List.of(B, A), "/s.S/Get*", "/s.S/GetOne")
            .deny("b never", List.of(B), "/*")
            .publicMethods("/s.S/Ping")
            .build();

    PolicyComparison comparison =
        PolicyComparison.of(OLD, same, List.of(CALLER_A, CALLER_B, CALLER_A), List.of());

    assertThat(comparison.changes()).isEmpty();
    // Two roles and nobody, about List, GetOne, Ping, Get* and /*.
    assertThat(comparison.asked()).isEqualTo(15);
  }

  @Test
  void changes_ofWholePathsAndOfStarts_areListed() {
    AccessPolicy changed =
        AccessPolicy.builder("new")
            .allow("a reads less", List.of(A), "/s.S/GetA*", "/s.S/List")
            .allow("a writes", List.of(A, B), "/s.S/Put")
            .publicMethods("/s.S/P*")
            .build();

    assertThat(changes(OLD, changed))
        .containsExactly(
            "a /s.S/Put deny -> allow",
            "a /s.S/Get* allow -> deny",
            "a /s.S/P* deny -> allow",
            "b /s.S/Put deny -> allow",
            "b /s.S/P* deny -> allow",
            "nobody /s.S/Put deny -> allow",
            "nobody /s.S/P* deny -> allow");
  }

  @Test
  void methodsGivenByName_areListedByName() {
    AccessPolicy changed = AccessPolicy.builder("new").allow(A, "/s.S/List").build();

    assertThat(
            changes(OLD, changed, MethodPath.parse("/s.S/GetOne"), MethodPath.parse("/s.S/Drop")))
        .containsExactly(
            "a /s.S/GetOne allow -> deny",
            "a /s.S/Ping allow -> deny",
            "a /s.S/Get* allow -> deny",
            "b /s.S/Ping allow -> deny",
            "nobody /s.S/Ping allow -> deny");
  }

  @Test
  void sampleOfAStart_isNoMethodOfAnotherPath() {
    AccessPolicy taken =
        AccessPolicy.builder("taken").allow("a", List.of(A), "/s.S/*", "/s.S/~", "/s.S/}*").build();

    assertThat(sampleOf("/s.S/*", taken).value())
        .startsWith("/s.S/")
        .isNotEqualTo("/s.S/~")
        .doesNotStartWith("/s.S/}");
  }

  @Test
  void sampleOfAStart_whoseEveryLongerOneIsTaken_isTheStartItself() {
    String[] longer =
        IntStream.rangeClosed('!', '~')
            .filter(c -> c != '*' && c != '/')
            .mapToObj(c -> "/s.S/Get" + (char) c + "*")
            .toArray(String[]::new);
    PolicyBuilder every =
        AccessPolicy.builder("every").allow("a", List.of(A), longer).allow(B, "/s.S/Get*");

    assertThat(sampleOf("/s.S/Get*", every.build()).value()).isEqualTo("/s.S/Get");
    assertThat(RepresentativeMethod.allOf(List.of(every.allow(B, "/s.S/Get").build()), List.of()))
        .extracting(sample -> sample.means().text())
        .contains("/s.S/Get")
        .doesNotContain("/s.S/Get*");
  }

  @Test
  void sampleOfAStartOfServices_hasAMethodToo() {
    AccessPolicy services = AccessPolicy.builder("services").allow(A, "/s*").build();

    assertThat(sampleOf("/s*", services)).isEqualTo(MethodPath.parse("/s~/~"));
  }

  private static MethodPath sampleOf(String start, AccessPolicy policy) {
    return RepresentativeMethod.allOf(List.of(policy), List.of()).stream()
        .filter(sample -> sample.means().text().equals(start))
        .map(RepresentativeMethod::method)
        .findFirst()
        .orElseThrow();
  }

  /** Starts within starts, whole paths within both, against every method of a small alphabet. */
  @Test
  void everyMethodThatChanges_isMeantByAListedChange_andNoOther() {
    List<String> patterns = List.of("/*", "/s*", "/s/*", "/s/a*", "/s/a", "/s/ab", "/t/b", "/sa/*");
    List<MethodPath> all = new ArrayList<>();
    for (String service : List.of("s", "t", "sa", "u")) {
      for (String name : List.of("a", "b", "ab", "aa", "ba", "aba")) {
        all.add(MethodPath.parse("/" + service + "/" + name));
      }
    }
    RoleArn role = RoleArn.parse(A.toString());
    int changed = 0;
    for (int i = 1; i < 1 << patterns.size(); i += 3) {
      AccessPolicy before = allowing(patterns, i);
      AccessPolicy after = allowing(patterns, (i * 37 + 11) & 0xff);
      List<AnswerChange> listed =
          PolicyComparison.of(before, after, List.of(CALLER_A), List.of()).changes();
      Set<String> paths =
          patterns.stream()
              .filter(path -> !path.endsWith("*"))
              .filter(
                  path ->
                      RepresentativeMethod.paths(before).anyMatch(p -> p.text().equals(path))
                          || RepresentativeMethod.paths(after).anyMatch(p -> p.text().equals(path)))
              .collect(Collectors.toSet());
      for (MethodPath method : all) {
        boolean differs =
            before.evaluate(IamRole.ofUnknownId(role), method, CallFacts.unknown()).isAllowed()
                != after
                    .evaluate(IamRole.ofUnknownId(role), method, CallFacts.unknown())
                    .isAllowed();
        changed += differs ? 1 : 0;
        assertThat(meant(listed, paths, before, after, method)).as("%s", method).isEqualTo(differs);
      }
    }
    assertThat(changed).isGreaterThan(100);
  }

  /** Whether a listed change means the method: by its whole path, else by its longest start. */
  private static boolean meant(
      List<AnswerChange> listed,
      Set<String> wholePaths,
      AccessPolicy before,
      AccessPolicy after,
      MethodPath method) {
    String own = method.value();
    if (!wholePaths.contains(own)) {
      TreeSet<String> starts = new TreeSet<>();
      List.of(before, after)
          .forEach(
              policy ->
                  RepresentativeMethod.paths(policy)
                      .filter(MethodPattern::isPrefix)
                      .filter(path -> path.matches(method))
                      .forEach(
                          path -> starts.add(path.text().substring(0, path.text().length() - 1))));
      if (starts.isEmpty()) {
        return false;
      }
      own = starts.last() + "*";
    }
    String means = own;
    return listed.stream()
        .anyMatch(
            change -> change.caller().equals(CALLER_A) && change.methods().text().equals(means));
  }

  private static AccessPolicy allowing(List<String> patterns, int chosen) {
    String[] paths =
        IntStream.range(0, patterns.size())
            .filter(i -> (chosen >> i & 1) == 1)
            .mapToObj(patterns::get)
            .toArray(String[]::new);
    PolicyBuilder policy = AccessPolicy.builder("p");
    return (paths.length == 0 ? policy : policy.allow(A, paths)).build();
  }
}
