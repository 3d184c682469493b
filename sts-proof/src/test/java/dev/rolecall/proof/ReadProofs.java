package dev.rolecall.proof;

/** Reads what a test knows to be well-formed. */
final class ReadProofs {

  private ReadProofs() {}

  static CallerProof wellFormed(String text) {
    return CallerProof.read(text)
        .fold(
            proof -> proof,
            malformed -> {
              throw new AssertionError(malformed.rule());
            });
  }
}
