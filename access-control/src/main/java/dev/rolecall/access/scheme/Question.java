package dev.rolecall.access.scheme;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A well-formed credential that an issuer has to be asked about: the key that its answer is
 * remembered by, what the look-up is charged to, and the way to ask.
 */
public non-sealed interface Question extends Reading {

  /** The key that the answer is remembered by. */
  CredentialKey key();

  /** The issuer that would be asked. */
  Issuer issuer();

  /** The id of the key that the credential claims; any peer may claim any. A limit counts it. */
  String claimedId();

  /** The facts of the credential, for the records of a refusal that the engine decides. */
  Optional<Facts> facts();

  /**
   * Asks. Completes on an executor of the runtime, or at once; exceptionally for a defect alone.
   *
   * @param began when the look-up began, by the runtime's ticker
   */
  CompletableFuture<Answer> ask(long began);
}
