package dev.rolecall.service.store;

import static java.util.Objects.requireNonNull;

import dev.rolecall.service.request.AccessGrant;
import dev.rolecall.service.request.AccessLock;
import java.util.List;

/**
 * The things that changed after a revision, each as it is now, in one snapshot.
 *
 * @param position up to where this goes: with more to come its revision is that of the last item,
 *     otherwise the newest of the store
 * @param grants the grants, by revision
 * @param locks the locks, by revision
 * @param keys all keys that are not withdrawn, if any key changed; none otherwise
 * @param keysChanged whether any key changed
 * @param more whether the limit cut it off: ask again after the position's revision
 */
public record News(
    Position position,
    List<AccessGrant> grants,
    List<AccessLock> locks,
    List<StoredKey> keys,
    boolean keysChanged,
    boolean more) {

  /** Copies the lists. */
  public News {
    requireNonNull(position, "position");
    grants = List.copyOf(grants);
    locks = List.copyOf(locks);
    keys = List.copyOf(keys);
  }
}
