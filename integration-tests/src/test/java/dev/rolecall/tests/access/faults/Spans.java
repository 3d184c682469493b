package dev.rolecall.tests.access.faults;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A set of times, as spans that do not meet, in order. */
final class Spans {

  /** From the first moment up to the last, which is not in it. */
  record Span(long from, long to) {}

  private final List<Span> spans;

  private Spans(List<Span> spans) {
    this.spans = List.copyOf(spans);
  }

  /** All times of those. */
  static Spans of(List<Span> any) {
    List<Span> sorted =
        any.stream()
            .filter(span -> span.from() < span.to())
            .sorted(Comparator.comparingLong(Span::from))
            .toList();
    List<Span> joined = new ArrayList<>();
    for (Span span : sorted) {
      int last = joined.size() - 1;
      if (last >= 0 && joined.get(last).to() >= span.from()) {
        Span before = joined.get(last);
        joined.set(last, new Span(before.from(), Math.max(before.to(), span.to())));
      } else {
        joined.add(span);
      }
    }
    return new Spans(joined);
  }

  /** These without those. */
  Spans without(Spans others) {
    List<Span> left = new ArrayList<>(spans);
    for (Span other : others.spans) {
      List<Span> next = new ArrayList<>();
      for (Span span : left) {
        next.add(new Span(span.from(), Math.min(span.to(), other.from())));
        next.add(new Span(Math.max(span.from(), other.to()), span.to()));
      }
      left = next.stream().filter(span -> span.from() < span.to()).toList();
    }
    return new Spans(left);
  }

  boolean has(long time) {
    return spans.stream().anyMatch(span -> span.from() <= time && time < span.to());
  }

  /** Whether all of the time from the one moment to the other is in these. */
  boolean cover(long from, long to) {
    return spans.stream().anyMatch(span -> span.from() <= from && to < span.to());
  }

  /** Whether some of the time from the one moment to the other is in these. */
  boolean touch(long from, long to) {
    return spans.stream().anyMatch(span -> span.from() <= to && from < span.to());
  }

  /** For people. */
  @Override
  public String toString() {
    return spans.stream()
        .map(span -> RunTime.text(span.from()) + " to " + RunTime.text(span.to()))
        .toList()
        .toString();
  }
}
