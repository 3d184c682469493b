package dev.rolecall.policytools.trail;

import static java.util.Comparator.comparingLong;

import dev.rolecall.policytools.trail.TrailFinding.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The runs of one trail, held against one another in the order of their numbers. */
final class TrailOrder {

  private final List<Run> runs;
  private final Map<String, List<Run>> trails;
  private final Deletions deletions;
  private final List<TrailFinding> findings = new ArrayList<>();

  TrailOrder(List<Run> runs, Map<String, List<Run>> trails, Deletions deletions) {
    this.runs = runs.stream().sorted(comparingLong(Run::from).thenComparingLong(Run::to)).toList();
    this.trails = trails;
    this.deletions = deletions;
  }

  /** Whether the second follows from the first, where either is in a chain. */
  static boolean isChained(NumberedLine first, NumberedLine second) {
    return first.fingerprint().equals(second.previous())
        && first.fingerprint().isEmpty() == second.fingerprint().isEmpty();
  }

  List<TrailFinding> findings() {
    Run first = runs.get(0);
    start(first);
    Set<String> left = new HashSet<>();
    for (int i = 1; i < runs.size(); i++) {
      Run before = runs.get(i - 1);
      Run next = runs.get(i);
      neighbours(before, next);
      order(before, next, left);
    }
    Run last = runs.get(runs.size() - 1);
    if (!last.last.is("trail_closed")) {
      long most = Math.max(0, first.first.number("unmapped.flushed_within_ms"));
      find(
          Kind.NOT_CLOSED,
          last.file,
          last.lastLine,
          "the trail ends here without its last line: its process was killed or still runs;"
              + (most > 0 ? " decisions of the last " + most + " ms may be missing" : ""));
    }
    return findings;
  }

  private void find(Kind kind, String file, long line, String words) {
    findings.add(new TrailFinding(kind, file, line, words));
  }

  private void start(Run first) {
    String trail = first.first.trail();
    if (first.from() > 1) {
      if (!deletions.cover(trail, first.from() - 1)) {
        find(Kind.NO_START, first.file, first.line, missing(1, first.from() - 1));
      }
      return;
    }
    if (!first.first.is("trail_opened")) {
      find(Kind.NO_START, first.file, first.line, "number 1 does not open the trail");
    }
    if (first.first.beginsChain() == first.first.fingerprint().isEmpty()) {
      find(
          Kind.CHAIN_BROKEN,
          first.file,
          first.line,
          "the trail should begin a chain, or should not");
    }
    before(first);
  }

  /** The trail that the first line says stood before. */
  private void before(Run first) {
    String trail = first.first.text("unmapped.previous_trail");
    long end = first.first.number("unmapped.previous_sequence");
    if (trail.isEmpty() || deletions.cover(trail, end)) {
      return;
    }
    long there = trails.getOrDefault(trail, List.of()).stream().mapToLong(Run::to).max().orElse(0);
    if (there == 0) {
      find(
          Kind.TRAIL_BEFORE_MISSING,
          first.file,
          first.line,
          "the trail before this one is in none of the files");
    } else if (there < end) {
      find(
          Kind.TRAIL_BEFORE_MISSING,
          first.file,
          first.line,
          "of the trail before this one, " + missing(there + 1, end));
    }
  }

  private void neighbours(Run before, Run next) {
    if (next.from() > before.to() + 1) {
      if (!deletions.cover(next.first.trail(), next.from() - 1)) {
        find(Kind.GAP, next.file, next.line, missing(before.to() + 1, next.from() - 1));
      }
    } else if (next.from() <= before.to()) {
      find(Kind.REPEATED, next.file, next.line, "number " + next.from() + " was there before");
    } else if (before.last.is("trail_closed")) {
      find(Kind.AFTER_END, next.file, next.line, "the trail was closed before this line");
    } else if (!isChained(before.last, next.first)) {
      find(
          Kind.CHAIN_BROKEN,
          next.file,
          next.line,
          "the line does not follow from the one before it");
    }
  }

  /** A file goes on from another once: what stands in it otherwise was put there. */
  private void order(Run before, Run next, Set<String> left) {
    if (!before.file.equals(next.file)) {
      left.add(before.file);
      if (left.contains(next.file)) {
        find(Kind.OUT_OF_ORDER, next.file, next.line, "lines of another file stand between");
      }
    } else if (next.line < before.line) {
      find(Kind.OUT_OF_ORDER, next.file, next.line, "the line stands before smaller numbers");
    }
  }

  private static String missing(long from, long to) {
    return from == to
        ? "number " + from + " is missing"
        : "numbers " + from + " to " + to + " are missing";
  }
}
