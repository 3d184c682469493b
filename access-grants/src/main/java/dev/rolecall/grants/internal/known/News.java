package dev.rolecall.grants.internal.known;

import static java.util.Objects.requireNonNull;

/**
 * A message of the service, of which each part has been checked.
 *
 * @param position the place in the service's history that it brings a server to
 * @param serviceMillis the service's time, in milliseconds of the epoch
 * @param reset whether all that came before is to be forgotten
 * @param more whether more of the same news follows
 * @param changes the changes
 */
public record News(
    Position position, long serviceMillis, boolean reset, boolean more, Changes changes) {

  /** Checks that nothing is absent. */
  public News {
    requireNonNull(position, "position");
    requireNonNull(changes, "changes");
  }
}
