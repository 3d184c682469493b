package dev.rolecall.service.store;

import dev.rolecall.service.request.AccessEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The events that wait for their delivery elsewhere. Events older than a day are given up. Blocks
 * nowhere. Safe for use by many threads and nodes.
 */
public interface Outbox {

  /**
   * Takes events to deliver, oldest first: for the time of the lease no other node takes them, and
   * afterwards they come again.
   *
   * @param limit at most this many: 1 to 1,000
   */
  CompletionStage<Outcome<List<AccessEvent>>> take(int limit, Duration lease);

  /** Says that an event was delivered, or will never be. */
  CompletionStage<Outcome<Integer>> delivered(long revision);

  /** Gives events back that were taken and not delivered: they may be taken again at once. */
  CompletionStage<Outcome<Integer>> giveBack(List<Long> revisions);

  /**
   * The events that wait.
   *
   * @param waiting how many
   * @param oldest how long the oldest has waited; zero without any
   */
  record Lag(long waiting, Duration oldest) {}
}
