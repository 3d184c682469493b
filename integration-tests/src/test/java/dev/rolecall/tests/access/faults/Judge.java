package dev.rolecall.tests.access.faults;

import dev.rolecall.tests.access.faults.GrantStory.Change;
import dev.rolecall.tests.access.faults.Spans.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Compares what streams saw with what it knows of who was entitled: from the changes that were
 * acknowledged, and the bounds. It asks no server. For one thread, once all is over.
 */
final class Judge {

  static final String REVOKED = "GRANT_REVOKED";
  static final String EXPIRED = "GRANT_EXPIRED";
  static final String REQUIRED = "GRANT_REQUIRED";
  static final String LOCKED = "CALLER_LOCKED";
  static final String STALE = "GRANTS_STALE";

  private final Bounds bounds;
  private final List<String> complaints = new ArrayList<>();
  private final Map<String, Integer> ends = new TreeMap<>();
  private final Map<String, Integer> refusals = new TreeMap<>();
  private final List<Long> heard = new ArrayList<>();
  private final List<Long> late = new ArrayList<>();
  private int doubts;

  Judge(Bounds bounds) {
    this.bounds = bounds;
  }

  /** What is wrong. */
  List<String> complaints() {
    return complaints;
  }

  /** How many streams ended for each reason. */
  Map<String, Integer> ends() {
    return ends;
  }

  /** How many were refused for each reason. */
  Map<String, Integer> refusals() {
    return refusals;
  }

  /** How long connected servers took to end each stream, beyond the machine's lateness. */
  List<Long> heard() {
    return heard;
  }

  /** How late each stream ended whose grant ended by time. */
  List<Long> late() {
    return late;
  }

  /** How many streams ended as an outage while the machine stood still. */
  int doubts() {
    return doubts;
  }

  /** Judges the streams of one person. */
  void judge(HolderStory story, List<Visit> visits) {
    Spans possible = possible(story);
    for (Visit visit : visits) {
      Spans open = visit.enforcer().losesFeed() ? possible.without(bounds.closed()) : possible;
      if (visit.isAdmitted()) {
        judgeAdmitted(story, visit, open);
      } else {
        judgeRefused(story, visit);
      }
    }
  }

  private void complain(String what, HolderStory story, Visit visit) {
    complaints.add(what + ": " + visit + "; " + story);
  }

  private void judgeAdmitted(HolderStory story, Visit visit, Spans open) {
    if (!open.touch(visit.sent(), visit.admitted())) {
      complain("admitted without a right", story, visit);
    }
    if (visit.reason().equals(Visit.DONE)) {
      return;
    }
    ends.merge(visit.reason(), 1, Integer::sum);
    if (!visit.isOver()) {
      complain("still open at the end", story, visit);
      return;
    }
    if (!open.cover(visit.admitted(), visit.ended())) {
      complain("kept too long", story, visit);
    }
    if (isWrong(visit.reason(), story, visit)) {
      complain("ended for a wrong reason", story, visit);
    } else if (!visit.reason().equals(STALE)
        && certain(story, visit, admittedBy(story, visit)).has(visit.ended())) {
      complain("lost by one who is entitled", story, visit);
    }
    measure(story, visit);
  }

  private void judgeRefused(HolderStory story, Visit visit) {
    refusals.merge(visit.reason(), 1, Integer::sum);
    boolean after =
        visit.reason().equals(REQUIRED)
            || (visit.reason().equals(REVOKED)
                && story.grants().stream()
                    .anyMatch(grant -> grant.revoked().called() <= visit.ended()))
            || (visit.reason().equals(EXPIRED)
                && story.grants().stream()
                    .flatMap(grant -> grant.ends().stream())
                    .anyMatch(end -> end.at() - Bounds.EARLY <= visit.ended()));
    if (!after && isWrong(visit.reason(), story, visit) && !isLocked(story, visit)) {
      complain("refused for a wrong reason", story, visit);
    } else if (!visit.reason().equals(STALE)
        && certain(story, visit, List.of()).cover(visit.sent(), visit.ended())) {
      complain("refused though entitled", story, visit);
    }
  }

  private boolean isLocked(HolderStory story, Visit visit) {
    return visit.reason().equals(LOCKED)
        && story.locks().stream()
            .anyMatch(
                lock ->
                    lock.set().called() <= visit.ended()
                        && visit.sent()
                            <= bounds.knownBy(
                                lock.lifted().acknowledged(), visit.enforcer().losesFeed()));
  }

  /** Whether nothing had happened by the end of a stream that it could end for so. */
  private boolean isWrong(String reason, HolderStory story, Visit visit) {
    long end = visit.ended();
    return switch (reason) {
      case REVOKED -> changes(story, REVOKED).noneMatch(change -> isHeardOf(change, end));
      case LOCKED -> changes(story, LOCKED).noneMatch(change -> isHeardOf(change, end));
      case EXPIRED ->
          story.grants().stream()
              .flatMap(grant -> grant.ends().stream())
              .noneMatch(
                  each ->
                      each.at() - Bounds.EARLY <= end && end <= bounds.by(each.at(), Bounds.TIMED));
      case STALE -> isUnexpectedlyStale(visit);
      default -> true;
    };
  }

  private boolean isUnexpectedlyStale(Visit visit) {
    if (bounds.stale(visit.enforcer().losesFeed()).has(visit.ended())) {
      return false;
    }
    boolean doubt = bounds.isInDoubt(visit.ended());
    doubts += doubt ? 1 : 0;
    return !doubt;
  }

  private static Stream<Change> changes(HolderStory story, String reason) {
    return reason.equals(LOCKED)
        ? story.locks().stream().map(HolderStory.Locked::set)
        : story.grants().stream().map(GrantStory::revoked);
  }

  private boolean isHeardOf(Change change, long end) {
    return change.called() <= end && end <= bounds.by(change.acknowledged(), Bounds.STRICT);
  }

  private void measure(HolderStory story, Visit visit) {
    if (visit.reason().equals(EXPIRED)) {
      story.grants().stream()
          .flatMap(grant -> grant.ends().stream())
          .mapToLong(end -> visit.ended() - end.at())
          .filter(by -> by >= -Bounds.EARLY)
          .min()
          .ifPresent(late::add);
    } else if (!visit.reason().equals(STALE)) {
      changes(story, visit.reason())
          .filter(change -> isHeardOf(change, visit.ended()))
          .mapToLong(Change::acknowledged)
          .filter(from -> !bounds.isDisturbed(from, Math.max(from, visit.ended())))
          .map(from -> visit.ended() - from - bounds.slack(from, visit.ended()))
          .forEach(delay -> heard.add(Math.max(delay, 0)));
    }
  }

  /** When streams of a person may be open, by the bounds. */
  private Spans possible(HolderStory story) {
    return Spans.of(story.grants().stream().map(this::possible).toList())
        .without(
            Spans.of(
                story.locks().stream()
                    .map(
                        lock ->
                            new Span(
                                bounds.by(lock.set().acknowledged(), Bounds.STRICT),
                                lock.lifted().called()))
                    .toList()));
  }

  private Span possible(GrantStory grant) {
    return new Span(
        grant.approved().called(),
        Math.min(
            bounds.by(grant.revoked().acknowledged(), Bounds.STRICT),
            bounds.by(grant.latestEnd(), Bounds.TIMED)));
  }

  /** The one grant that a stream can have been admitted by; none where there may be several. */
  private List<GrantStory> admittedBy(HolderStory story, Visit visit) {
    List<GrantStory> any =
        story.grants().stream()
            .filter(
                grant -> Spans.of(List.of(possible(grant))).touch(visit.sent(), visit.admitted()))
            .toList();
    return any.size() == 1 ? any : List.of();
  }

  /**
   * When a person is entitled for certain at a server.
   *
   * @param known grants that the server has heard of
   */
  private Spans certain(HolderStory story, Visit visit, List<GrantStory> known) {
    List<Span> held =
        story.grants().stream()
            .map(
                grant ->
                    new Span(
                        known.contains(grant)
                            ? visit.sent()
                            : bounds.by(grant.approved().acknowledged(), Bounds.STRICT),
                        Math.min(
                            grant.revoked().called(),
                            grant.certainEnd(Bounds.STRICT) - Bounds.EARLY)))
            .toList();
    return Spans.of(held)
        .without(
            Spans.of(
                story.locks().stream()
                    .map(
                        lock ->
                            new Span(
                                lock.set().called(),
                                bounds.by(lock.lifted().acknowledged(), Bounds.STRICT)))
                    .toList()))
        .without(bounds.stale(visit.enforcer().losesFeed()));
  }
}
