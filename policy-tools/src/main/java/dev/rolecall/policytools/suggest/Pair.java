package dev.rolecall.policytools.suggest;

/**
 * A caller and a method, whose calls are counted together.
 *
 * @param caller the caller
 * @param method the method
 */
record Pair(SeenCaller caller, String method) implements Comparable<Pair> {

  @Override
  public int compareTo(Pair other) {
    int byCaller = caller.compareTo(other.caller);
    return byCaller != 0 ? byCaller : method.compareTo(other.method);
  }
}
