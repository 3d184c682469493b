package dev.rolecall.policytools.suggest;

/**
 * A caller and a method, whose calls are counted together.
 *
 * @param who the principal of a known caller; else the reason why it is not known
 * @param method the method
 */
record Pair(String who, String method) implements Comparable<Pair> {

  @Override
  public int compareTo(Pair other) {
    int byWho = who.compareTo(other.who);
    return byWho != 0 ? byWho : method.compareTo(other.method);
  }
}
