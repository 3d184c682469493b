package dev.rolecall.policytools.suggest;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** The count of calls that are alike. Bounded: it keeps a hundred peers apart, and no more. */
final class Tally {

  private static final int MOST_PEERS = 100;

  private final Set<String> peers = new HashSet<>();
  private long calls;
  private Instant first = Instant.MAX;
  private Instant last = Instant.MIN;

  void add(AuditLine line) {
    calls += line.calls();
    first = line.time().isBefore(first) ? line.time() : first;
    last = line.time().isAfter(last) ? line.time() : last;
    if (peers.size() < MOST_PEERS) {
      peers.add(line.peer());
    }
  }

  /** All of them together, but for the peers. */
  static Tally together(Collection<Tally> tallies) {
    Tally all = new Tally();
    tallies.forEach(all::add);
    return all;
  }

  /** The same and another together, but for the peers. */
  private void add(Tally other) {
    calls += other.calls;
    first = other.first.isBefore(first) ? other.first : first;
    last = other.last.isAfter(last) ? other.last : last;
  }

  long calls() {
    return calls;
  }

  Instant first() {
    return first;
  }

  Instant last() {
    return last;
  }

  /** How many, from when to when: {@code 3 calls, 2026-11-21 to 2026-11-22}. */
  String text() {
    return calls(calls) + ", " + day(first) + " to " + day(last);
  }

  /** The same, and from how many addresses. */
  String textWithPeers() {
    int known = peers.size();
    String many = known == MOST_PEERS ? known + " addresses or more" : known + " addresses";
    return calls(calls) + " from " + (known == 1 ? "1 address" : many);
  }

  static String calls(long calls) {
    return calls == 1 ? "1 call" : calls + " calls";
  }

  static String day(Instant time) {
    return time.toString().substring(0, 10);
  }
}
