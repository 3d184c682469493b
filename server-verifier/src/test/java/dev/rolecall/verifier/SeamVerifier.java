package dev.rolecall.verifier;

import dev.rolecall.verifier.internal.http.StsTransport;

/** A scheme over a transport of the test's, for tests of other packages. */
public final class SeamVerifier {

  private SeamVerifier() {}

  /** A scheme that recognises proofs for {@link Proofs#ORDERS}. */
  @SuppressWarnings("exports") // in tests alone
  public static StsVerifier over(StsTransport transport) {
    return StsVerifier.forAudience(Proofs.ORDERS).transport(transport);
  }
}
