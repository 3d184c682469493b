package dev.rolecall.benchmarks.fleet;

import static java.util.Objects.requireNonNull;

import dev.rolecall.proof.CallerProof;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * Proofs that only STS can tell from good ones: well-formed, for this server, of a key that STS
 * knows, and no two alike; only the signature is made up. For one thread.
 */
public final class ForgedProofs {

  private static final int SIGNATURE_BYTES = 32;

  private final String before;
  private final String after;
  private final RandomGenerator random;

  /** Spoils that proof. */
  public ForgedProofs(CallerProof proof, RandomGenerator random) {
    int signature = proof.text().indexOf(proof.signature());
    this.before = proof.text().substring(0, signature);
    this.after = proof.text().substring(signature + proof.signature().length());
    this.random = requireNonNull(random, "random");
  }

  /** The text of one more. */
  public String next() {
    byte[] signature = new byte[SIGNATURE_BYTES];
    random.nextBytes(signature);
    return before + HexFormat.of().formatHex(signature) + after;
  }
}
