package dev.rolecall.policy.document.internal;

import dev.rolecall.policy.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The problems and notes on the texts of one policy. Keeps at most 100 of each. */
public final class Remarks {

  private static final int MOST = 100;

  private final List<Remark> problems = new ArrayList<>();
  private final List<Remark> notes = new ArrayList<>();

  /** Reports what makes the text unusable. */
  public void problem(Place at, ProblemCode code, String message) {
    add(problems, new Remark(at, code.toString(), message));
  }

  /** Reports what may not be what the writer meant. */
  public void note(Place at, NoteCode code, String message) {
    add(notes, new Remark(at, code.toString(), message));
  }

  private static void add(List<Remark> remarks, Remark remark) {
    if (remarks.size() < MOST) {
      remarks.add(remark);
    }
  }

  /** Whether a problem was reported. */
  public boolean anyProblem() {
    return !problems.isEmpty();
  }

  /** The problems by source, in the order of the text. */
  public List<Remark> problems() {
    return inText(problems);
  }

  /** The notes by source, in the order of the text. */
  public List<Remark> notes() {
    return inText(notes);
  }

  private static List<Remark> inText(List<Remark> remarks) {
    return remarks.stream()
        .sorted(
            Comparator.comparing((Remark each) -> each.at().source())
                .thenComparing(each -> each.at().position()))
        .toList();
  }
}
