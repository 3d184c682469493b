package dev.rolecall.tests.access.faults;

import java.util.ArrayList;
import java.util.List;

/** A grant as its changes were acknowledged. Written by one thread, and read once that is over. */
final class GrantStory {

  /**
   * A change that was made between those times.
   *
   * @param called when it was first called for
   * @param acknowledged when a node said that it is made
   */
  record Change(long called, long acknowledged) {

    /** One that was not made. */
    static final Change NONE = new Change(RunTime.NEVER, RunTime.NEVER);
  }

  /**
   * An end.
   *
   * @param set the change that set it
   * @param at the time
   */
  record End(Change set, long at) {}

  private final String id;
  private final long startsAt;
  private final List<End> ends = new ArrayList<>();
  private Change revoked = Change.NONE;

  GrantStory(String id, Change approved, long startsAt, long endsAt) {
    this.id = id;
    this.startsAt = startsAt;
    ends.add(new End(approved, endsAt));
  }

  String id() {
    return id;
  }

  void extended(Change by, long endsAt) {
    ends.add(new End(by, endsAt));
  }

  void revoked(Change by) {
    revoked = by;
  }

  Change revoked() {
    return revoked;
  }

  List<End> ends() {
    return ends;
  }

  Change approved() {
    return ends.get(0).set();
  }

  /** The latest end that any server may have heard of. */
  long latestEnd() {
    return ends.get(ends.size() - 1).at();
  }

  /** The end that each server knows in time: an extension may come too late for a slow one. */
  long certainEnd(long delay) {
    long certain = ends.get(0).at();
    for (End end : ends.subList(1, ends.size())) {
      if (end.set().acknowledged() + delay <= certain) {
        certain = end.at();
      }
    }
    return certain;
  }

  /** For people. */
  @Override
  public String toString() {
    return id
        + " from "
        + RunTime.text(startsAt)
        + ", ends "
        + ends.stream()
            .map(
                end ->
                    RunTime.text(end.at())
                        + " (by "
                        + RunTime.text(end.set().called())
                        + " to "
                        + RunTime.text(end.set().acknowledged())
                        + ")")
            .toList()
        + ", revoked "
        + RunTime.text(revoked.called())
        + " to "
        + RunTime.text(revoked.acknowledged());
  }
}
