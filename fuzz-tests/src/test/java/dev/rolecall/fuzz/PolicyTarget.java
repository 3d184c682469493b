package dev.rolecall.fuzz;

import dev.rolecall.fuzz.judge.NaiveCall;
import dev.rolecall.fuzz.judge.NaiveCaller;
import dev.rolecall.fuzz.judge.NaiveConditions;
import dev.rolecall.fuzz.judge.NaiveName;
import dev.rolecall.fuzz.judge.NaivePolicy;
import dev.rolecall.fuzz.judge.NaivePrincipal;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.Decision;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.policy.document.PolicyDocument;
import dev.rolecall.policy.document.PolicyProblem;
import dev.rolecall.policy.document.PolicyReading;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A policy that is accepted decides as its text read plainly does, and lets nobody in from an
 * account that it does not name; what is wrong with any other is said, and where.
 */
final class PolicyTarget {

  /** Enough to ask about every rule of a small policy, and still thousands of policies a second. */
  private static final int MOST = 12;

  private static final int MOST_CALLS = 5;

  private PolicyTarget() {}

  static void tryOn(byte[] input) {
    PolicyReading reading = PolicyDocument.read("fuzzed.yaml", input);
    if (reading instanceof PolicyReading.Loaded loaded) {
      decidesAsWritten(loaded.policy(), Oracle.text(input));
      loaded.notes().forEach(note -> Oracle.isOneSafeLine(note.message()));
    } else if (reading instanceof PolicyReading.Rejected rejected) {
      isWellSaid(rejected.problems(), Oracle.text(input));
    }
  }

  private static void decidesAsWritten(AccessPolicy policy, String text) {
    NaivePolicy written = NaivePolicy.of(text);
    Oracle.same(policy.name(), written.name(), "name");
    Set<String> accounts =
        written.principals().stream()
            .filter(NaivePrincipal::isOfRoles)
            .map(p -> NaivePrincipal.partition(p) + NaivePrincipal.account(p))
            .collect(Collectors.toSet());
    List<NaiveCall> calls = calls(written);
    List<NaiveCaller> callers = Stream.concat(roles(written), CallerProbes.of(written)).toList();
    for (String method : methods(written)) {
      MethodPath path = MethodPath.parse(method);
      Oracle.same(policy.isPublic(path), written.isPublic(method), "public");
      for (NaiveCaller caller : callers) {
        for (NaiveCall call : calls) {
          Decision decision = policy.decide(StatedCaller.of(caller), path, new StatedFacts(call));
          Oracle.same(
              NaivePolicy.Answer.of(decision), written.decide(caller, method, call), "decision");
          Oracle.holds(
              !decision.isAllowed()
                  || caller
                      .role()
                      .map(role -> accounts.contains(role.partition() + role.account()))
                      .orElse(true),
              "nobody of an account that the policy does not name");
        }
      }
    }
  }

  private static Stream<NaiveCaller> roles(NaivePolicy written) {
    return written.principals().stream()
        .filter(NaivePrincipal::isOfRoles)
        .limit(MOST)
        .flatMap(principal -> Probes.of(principal).stream())
        .filter(role -> NaiveName.isRoleName(role.name()))
        .distinct()
        .limit(MOST * 10L)
        .map(NaiveCaller::of);
  }

  private static List<String> methods(NaivePolicy written) {
    return written.paths().stream()
        .limit(MOST)
        .map(path -> path.replace("*", ""))
        .flatMap(path -> Stream.of(path, path + "x", path + "/x", path + "x/x"))
        .filter(NaiveName::isMethod)
        .distinct()
        .toList();
  }

  /** One of which nothing is known, and some that meet the conditions of a rule, or nearly. */
  private static List<NaiveCall> calls(NaivePolicy written) {
    Stream<NaiveCall> near =
        written.conditions().stream()
            .flatMap(
                conditions ->
                    Stream.of("", "x")
                        .map(
                            more ->
                                new NaiveCall(
                                    Optional.of(headers(conditions, more)),
                                    conditions.networks().stream()
                                        .map(network -> network.replaceAll("/.*", ""))
                                        .findFirst())));
    return Stream.concat(Stream.of(NaiveCall.UNKNOWN), near).limit(MOST_CALLS).toList();
  }

  private static Map<String, String> headers(NaiveConditions conditions, String more) {
    return conditions.headers().entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, each -> each.getValue().get(0).replace("*", more) + more));
  }

  private static void isWellSaid(List<PolicyProblem> problems, String text) {
    Oracle.holds(!problems.isEmpty() && problems.size() <= 100, "1 to 100 problems");
    long lines = text.lines().count() + 1;
    problems.forEach(
        problem -> {
          Oracle.isOneSafeLine(problem.message());
          Oracle.holds(
              problem.at().orElseThrow().line() <= lines, "a problem is where there is text");
        });
    Oracle.same(
        problems,
        problems.stream()
            .sorted(
                Comparator.comparingInt((PolicyProblem p) -> p.at().orElseThrow().line())
                    .thenComparingInt(p -> p.at().orElseThrow().column()))
            .toList(),
        "the order of the text");
  }
}
