package dev.rolecall.policytools.suggest;

import java.util.Comparator;

/**
 * A caller in a record, the party that acted for it, and the grant that its calls need.
 *
 * @param who the principal of a known caller; else the reason why it is not known
 * @param actor the principal of the party that acted; empty if the caller acted for itself
 * @param permission the permission that its calls need a grant of; empty if they need none
 */
record SeenCaller(String who, String actor, String permission) implements Comparable<SeenCaller> {

  private static final Comparator<SeenCaller> ORDER =
      Comparator.comparing(SeenCaller::who)
          .thenComparing(SeenCaller::actor)
          .thenComparing(SeenCaller::permission);

  /** One that acted for itself. */
  static SeenCaller alone(String who) {
    return new SeenCaller(who, "", "");
  }

  /** Whether another party acted for it. */
  boolean isActedFor() {
    return !actor.isEmpty();
  }

  @Override
  public int compareTo(SeenCaller other) {
    return ORDER.compare(this, other);
  }
}
