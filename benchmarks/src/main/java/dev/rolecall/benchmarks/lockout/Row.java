package dev.rolecall.benchmarks.lockout;

/**
 * One attack.
 *
 * @param figure how its figures' names begin
 * @param addresses from how many addresses it comes
 * @param perSecond how many proofs a second, of all of them together
 * @param kind of what kind the proofs are
 * @param oneSite whether attackers and newcomers share one /24; otherwise each has its own
 * @param goal which share of the newcomers must be let in; 0 where the result is only stated
 */
record Row(String figure, int addresses, int perSecond, Kind kind, boolean oneSite, double goal) {

  /** A kind of proofs that attackers bring. */
  enum Kind {
    /** No attack at all: what the machine alone does to honest callers. */
    NONE("nobody attacks"),
    /** Forged, and naming STS endpoints that do not answer. */
    FORGED_FOR_DEAD_ENDPOINTS("forged proofs naming dead endpoints"),
    /** Good, of a role that no rule names. */
    GOOD_OF_A_STRANGER("good proofs of a stranger");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  String title() {
    if (kind == Kind.NONE) {
      return kind.words;
    }
    return kind.words + ", " + addresses + " addresses" + (oneSite ? " in the newcomers' /24" : "");
  }
}
