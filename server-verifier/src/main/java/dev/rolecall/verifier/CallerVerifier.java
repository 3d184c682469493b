package dev.rolecall.verifier;

import dev.rolecall.identity.Audience;
import java.util.concurrent.CompletionStage;

/**
 * Finds out who presented a proof, by the steps of the protocol's section 5: strict reading and
 * local checks, then the answers remembered, then STS.
 *
 * <p>Safe for use by many threads.
 */
public interface CallerVerifier extends AutoCloseable {

  /** A builder of a verifier that is known to its callers by that name. */
  static CallerVerifierBuilder builder(Audience audience) {
    return new CallerVerifierBuilder(audience);
  }

  /**
   * Verifies the text of a proof as it was presented, without the scheme: with a call or, where the
   * connection has a proven key, in the peer's certificate.
   *
   * <p>Never blocks and never completes exceptionally. What can be said without STS (a malformed
   * proof, another audience, an answer remembered) is in a stage that is complete already;
   * otherwise the stage completes on the verifier's executor. Calls with the same proof share one
   * look-up; cancelling the returned stage's future does not cancel it for the others.
   */
  CompletionStage<Verification> verify(String proofText, Connection connection);

  /** Stops asking STS: look-ups under way and later ones end as unavailable. Does not block. */
  @Override
  void close();
}
