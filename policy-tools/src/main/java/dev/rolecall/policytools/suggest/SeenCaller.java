package dev.rolecall.policytools.suggest;

/**
 * A caller in a record, and the party that acted for it.
 *
 * @param who the principal of a known caller; else the reason why it is not known
 * @param actor the principal of the party that acted; empty if the caller acted for itself
 */
record SeenCaller(String who, String actor) implements Comparable<SeenCaller> {

  /** One that acted for itself. */
  static SeenCaller alone(String who) {
    return new SeenCaller(who, "");
  }

  /** Whether another party acted for it. */
  boolean isActedFor() {
    return !actor.isEmpty();
  }

  @Override
  public int compareTo(SeenCaller other) {
    int byWho = who.compareTo(other.who);
    return byWho != 0 ? byWho : actor.compareTo(other.actor);
  }
}
