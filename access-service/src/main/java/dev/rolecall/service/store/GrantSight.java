package dev.rolecall.service.store;

import static java.util.Objects.requireNonNull;

import dev.rolecall.service.request.AccessGrant;
import dev.rolecall.service.request.AccessLock;
import java.time.Instant;
import java.util.List;

/**
 * A grant and the locks at one moment, within a transaction that no transition can overtake.
 *
 * @param grant the grant, in its state of that moment
 * @param locks the locks that hold then
 * @param time that moment, by the store's clock
 */
public record GrantSight(AccessGrant grant, List<AccessLock> locks, Instant time) {

  /** Copies the list. */
  public GrantSight {
    requireNonNull(grant, "grant");
    locks = List.copyOf(locks);
    requireNonNull(time, "time");
  }
}
