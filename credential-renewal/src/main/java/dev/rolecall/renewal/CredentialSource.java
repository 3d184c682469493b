package dev.rolecall.renewal;

import java.util.concurrent.CompletionStage;

/**
 * The origin of a credential: it makes a new one when asked, and puts its failures in words. Safe
 * for use by many threads.
 *
 * @param <C> the credential
 */
public interface CredentialSource<C extends RenewableCredential> {

  /** The credential in a word or two, for the log: {@code caller proof}. */
  String name();

  /**
   * Begins to make a new credential. Runs on the executor of a call that waits, and may block it. A
   * renewal asks once at a time, and all calls wait for the one stage: it must end, whatever
   * happens. A failure is a {@link RenewalFailure}, thrown or in the stage; anything else goes
   * through {@link #defect}.
   */
  CompletionStage<C> make();

  /**
   * The failure of a call whose executor takes no work, so that nothing was begun.
   *
   * @return a {@link RenewalFailure}
   */
  RuntimeException executorRefused();

  /**
   * The failure that stands for something unforeseen.
   *
   * @return a {@link RenewalFailure}, without the message of what was thrown: it may hold a secret
   */
  RuntimeException defect(Throwable thrown);
}
