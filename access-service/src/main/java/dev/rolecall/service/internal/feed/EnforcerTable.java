package dev.rolecall.service.internal.feed;

import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.service.request.Enforcer;
import dev.rolecall.service.request.Subject;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * The servers that follow this node, and the news that each has confirmed. Each subscription has a
 * row, whatever the server calls itself: a name confirms nothing for another. Thread-safe.
 */
final class EnforcerTable {

  /** A server that went away is told of for as long as there is room. */
  private static final int MOST = 10_000;

  /** How many of its last confirmations are kept. */
  private static final int CONFIRMATIONS = 16;

  private final Map<String, Row> rows = new ConcurrentHashMap<>();
  private final AtomicLong joined = new AtomicLong();
  private final String process;
  private final Runnable changed;

  /**
   * An empty table.
   *
   * @param random draws a name that no other process of the service has
   * @param changed runs after each change, and must not block
   */
  EnforcerTable(RandomGenerator random, Runnable changed) {
    this.process = Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
    this.changed = changed;
  }

  /** A server follows from now on. */
  Row join(Subject caller, Subscription subscription) {
    String id = process + "-" + joined.incrementAndGet();
    Row row = new Row(new Enforcer.Stream(id, subscription.node()), caller, subscription);
    if (rows.size() >= MOST) {
      rows.values().removeIf(each -> !each.isConnected());
    }
    rows.put(id, row);
    changed.run();
    return row;
  }

  /** How many servers follow now. */
  int connected() {
    return (int) rows.values().stream().filter(Row::isConnected).count();
  }

  /** The servers as the store keeps them. */
  List<Enforcer> all() {
    List<Enforcer> all = new ArrayList<>();
    rows.values().forEach(row -> all.add(row.enforcer()));
    return all;
  }

  /** Forgets the servers that went away and of which the store knows that by now. */
  void forgetGone(List<Enforcer> told) {
    told.stream().filter(each -> !each.connected()).forEach(each -> rows.remove(each.id()));
  }

  /** The streams that servers of this node have ended for that change. */
  long streamsEnded(long revision) {
    return rows.values().stream().mapToLong(row -> row.endedFor(revision)).sum();
  }

  /** One server. Thread-safe. */
  final class Row {

    private final Enforcer.Stream stream;
    private final Subject caller;
    private final Set<PermissionName> permissions;

    /** Guarded by this. */
    private final Deque<Confirmation> confirmations = new ArrayDeque<>();

    /** Guarded by this. */
    private long streamsEnded;

    private volatile boolean connected = true;
    private volatile Enforcer.Confirmed confirmed = new Enforcer.Confirmed(0, 0, Instant.EPOCH);

    /** A confirmation, with the streams that were ended for its news. */
    private record Confirmation(long revision, long streams) {}

    private Row(Enforcer.Stream stream, Subject caller, Subscription subscription) {
      this.stream = stream;
      this.caller = caller;
      this.permissions = subscription.permissions();
    }

    /** The server has taken up all news to that revision, and ended so many streams for them. */
    synchronized void confirm(long revision, long streams, Instant at) {
      streamsEnded += streams;
      confirmations.addLast(new Confirmation(revision, streams));
      if (confirmations.size() > CONFIRMATIONS) {
        confirmations.removeFirst();
      }
      confirmed =
          new Enforcer.Confirmed(Math.max(revision, confirmed.revision()), streamsEnded, at);
      changed.run();
    }

    /** Another history begins, of which the server has confirmed nothing. */
    synchronized void startOver() {
      confirmations.clear();
      confirmed = new Enforcer.Confirmed(0, streamsEnded, confirmed.at());
      changed.run();
    }

    /** The server follows no longer. */
    void leave() {
      connected = false;
      changed.run();
    }

    private boolean isConnected() {
      return connected;
    }

    private synchronized long endedFor(long revision) {
      return confirmations.stream()
          .filter(each -> each.revision() >= revision)
          .findFirst()
          .map(Confirmation::streams)
          .orElse(0L);
    }

    private Enforcer enforcer() {
      return new Enforcer(
          stream,
          caller,
          permissions.stream().sorted().toList(),
          connected,
          confirmed,
          Instant.EPOCH);
    }
  }
}
