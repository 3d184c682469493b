package dev.rolecall.policy.document.internal;

import dev.rolecall.policy.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The problems and notes on one text. Keeps at most 100 of each. */
public final class Remarks {

  private static final int MOST = 100;

  /**
   * A remark.
   *
   * @param at the place of the value
   * @param message the value and what there is to say about it, on one line
   */
  public record Remark(Position at, String message) {}

  private final List<Remark> problems = new ArrayList<>();
  private final List<Remark> notes = new ArrayList<>();

  /** Reports what makes the text unusable. */
  public void problem(Position at, String message) {
    add(problems, at, message);
  }

  /** Reports what may not be what the writer meant. */
  public void note(Position at, String message) {
    add(notes, at, message);
  }

  private static void add(List<Remark> remarks, Position at, String message) {
    if (remarks.size() < MOST) {
      remarks.add(new Remark(at, message));
    }
  }

  /** Whether a problem was reported. */
  public boolean anyProblem() {
    return !problems.isEmpty();
  }

  /** The problems in the order of the text. */
  public List<Remark> problems() {
    return inText(problems);
  }

  /** The notes in the order of the text. */
  public List<Remark> notes() {
    return inText(notes);
  }

  private static List<Remark> inText(List<Remark> remarks) {
    return remarks.stream().sorted(Comparator.comparing(Remark::at)).toList();
  }
}
