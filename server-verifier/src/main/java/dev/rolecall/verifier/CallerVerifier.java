package dev.rolecall.verifier;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Audience;
import dev.rolecall.identity.Caller;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

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

  /**
   * Says which callers the one who uses this verifier could admit at all; a guard does so by its
   * policy. Several may say so; a caller is of use if one of them could admit it. While nobody has
   * said so, every caller is.
   *
   * <p>A proof of any other caller is verified as ever. But it costs its peer half of what a
   * refused proof does, and it is remembered apart, so that strangers with good proofs of their own
   * neither have STS asked without end nor push out those who call here.
   *
   * @param admissible asked once for each look-up, by any thread; must not block
   * @return what ends it; by default nothing is kept, and closing it does nothing
   */
  default Registration admitting(Predicate<Caller> admissible) {
    requireNonNull(admissible, "admissible");
    return () -> {};
  }

  /** Stops asking STS: look-ups under way and later ones end as unavailable. Does not block. */
  @Override
  void close();

  /** What a user of the verifier has said of itself; closing it, once or more often, ends it. */
  @FunctionalInterface
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
