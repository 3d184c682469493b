package dev.rolecall.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a reader finds on its way through one text. Keeps at most 100 problems and 100 notes. */
final class Findings {

  private static final int MOST = 100;

  private final String source;
  private final List<PolicyProblem> problems = new ArrayList<>();
  private final List<PolicyNote> notes = new ArrayList<>();

  Findings(String source) {
    this.source = source;
  }

  void problem(Position at, String message) {
    if (problems.size() < MOST) {
      problems.add(new PolicyProblem(source, Optional.of(at), message));
    }
  }

  void note(Position at, String message) {
    if (notes.size() < MOST) {
      notes.add(new PolicyNote(source, at, message));
    }
  }

  boolean anyProblem() {
    return !problems.isEmpty();
  }

  List<PolicyProblem> problems() {
    return problems.stream()
        .sorted(Comparator.comparing(problem -> problem.at().orElseThrow(), Position.IN_TEXT))
        .toList();
  }

  List<PolicyNote> notes() {
    return notes.stream().sorted(Comparator.comparing(PolicyNote::at, Position.IN_TEXT)).toList();
  }
}
