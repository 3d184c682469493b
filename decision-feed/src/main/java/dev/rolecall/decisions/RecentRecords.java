package dev.rolecall.decisions;

import dev.rolecall.access.audit.AuditRecord;
import dev.rolecall.decisions.v1.DecisionRecord;
import java.util.ArrayList;
import java.util.List;

/** The last records, numbered from 1. Safe for use by many threads; no lock is held for long. */
final class RecentRecords {

  /**
   * Records after a number.
   *
   * @param records the oldest first
   * @param last the number of the last record that there is
   */
  record After(List<DecisionRecord> records, long last) {}

  private final AuditRecord[] ring;
  private long last;

  RecentRecords(int most) {
    this.ring = new AuditRecord[most];
  }

  synchronized void add(AuditRecord added) {
    ring[(int) (last % ring.length)] = added;
    last++;
  }

  /** Those after that number which are still kept. */
  After after(long number) {
    List<AuditRecord> kept = new ArrayList<>();
    long newest;
    synchronized (this) {
      newest = last;
      for (long n = Math.max(number, newest - ring.length); n < newest; n++) {
        kept.add(ring[(int) (n % ring.length)]);
      }
    }
    List<DecisionRecord> messages = new ArrayList<>(kept.size());
    for (AuditRecord each : kept) {
      messages.add(Messages.of(newest - kept.size() + messages.size() + 1, each));
    }
    return new After(messages, newest);
  }
}
