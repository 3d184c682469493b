package dev.rolecall.service.internal.feed;

import java.util.List;

/**
 * The state of a change at the servers that follow grants.
 *
 * @param unconfirmed the names of the servers that have not confirmed it yet
 * @param streamsEnded the streams that servers of this node have ended for it, as they say
 */
public record Confirmations(List<String> unconfirmed, long streamsEnded) {

  /** Copies. */
  public Confirmations {
    unconfirmed = List.copyOf(unconfirmed);
  }
}
