package dev.rolecall.access.scheme;

import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import java.util.Optional;

/**
 * One scheme's reader of credentials: finds out by local checks whether a credential is of its
 * scheme and well-formed, meant for this server and in time, and how to ask who presented it.
 *
 * <p>Safe for use by many threads.
 */
public interface CallerVerifier extends AutoCloseable {

  /**
   * Reads a credential and checks all that can be checked here and now: on every first sight of it
   * on a connection, also where the answer is remembered from another one. Never blocks and never
   * asks an issuer.
   */
  Reading read(Credential credential, Connection connection);

  /**
   * Why a caller that this verifier verified earlier is accepted no more, though its credential has
   * not lapsed; empty while the credential stands, and for a caller of another verifier. By default
   * nothing is ever withdrawn.
   *
   * <p>Asked on the thread of a call, for each live call at every walk, and for each remembered
   * answer: it must be cheap, never blocks, and allocates nothing as a rule.
   *
   * @param caller equal to the one verified
   */
  default Optional<RefusalReason> withdrawn(Caller caller) {
    return Optional.empty();
  }

  /**
   * Has the listener run each time after {@link #withdrawn} began to give a reason for some caller.
   * Calls that live are then held against it at once, and remembered callers before their next
   * call. Called once, before anything is read. By default it never runs.
   *
   * @param listener may run on any thread; does not block and throws nothing
   */
  default void onWithdrawal(Runnable listener) {}

  /** Ends what is under way as unavailable, and whatever is asked later. Does not block. */
  @Override
  void close();
}
