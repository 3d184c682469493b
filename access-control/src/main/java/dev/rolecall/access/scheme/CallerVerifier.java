package dev.rolecall.access.scheme;

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

  /** Ends what is under way as unavailable, and whatever is asked later. Does not block. */
  @Override
  void close();
}
