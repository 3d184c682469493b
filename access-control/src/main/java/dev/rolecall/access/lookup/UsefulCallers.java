package dev.rolecall.access.lookup;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Caller;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * The confirmed callers that anything here could admit. Those who use the look-up say so; while
 * none of them has, every caller may be of use.
 */
final class UsefulCallers {

  private final List<Predicate<Caller>> users = new CopyOnWriteArrayList<>();

  /** Adds the callers that one user of the look-up could admit, until the result is closed. */
  CallerLookup.Registration add(Predicate<Caller> admissible) {
    requireNonNull(admissible, "admissible");
    // An object of its own, so that the same predicate may be added twice.
    Predicate<Caller> mine = caller -> admissible.test(caller);
    users.add(mine);
    return () -> users.remove(mine);
  }

  /** Whether some user could admit the caller. */
  boolean include(Caller caller) {
    if (users.isEmpty()) {
      return true;
    }
    try {
      for (Predicate<Caller> user : users) {
        if (user.test(caller)) {
          return true;
        }
      }
      return false;
    } catch (RuntimeException | Error e) {
      // Going on is safe: this decides what a look-up costs, and its user will say what it has.
      return true;
    }
  }
}
