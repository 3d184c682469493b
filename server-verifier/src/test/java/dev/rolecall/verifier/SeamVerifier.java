package dev.rolecall.verifier;

import dev.rolecall.verifier.sts.StsTransport;
import java.util.function.UnaryOperator;

/** A verifier over a transport of the test's, for tests of other packages. */
public final class SeamVerifier {

  private SeamVerifier() {}

  /** A verifier of proofs for {@link Proofs#ORDERS}. */
  @SuppressWarnings("exports") // in tests alone
  public static CallerVerifier over(
      StsTransport transport, UnaryOperator<CallerVerifierBuilder> settings) {
    return settings.apply(CallerVerifier.builder(Proofs.ORDERS).transport(transport)).build();
  }
}
