package dev.rolecall.tokencredentials;

import java.io.IOException;
import java.util.concurrent.CompletionStage;

/**
 * An origin of access tokens: a token endpoint, a file, code of yours. {@link
 * TokenCallCredentials#of} renews what it gives. Safe for use by many threads.
 */
@FunctionalInterface
public interface TokenSource {

  /**
   * A token, made anew each time. Runs on a thread of its own, one at a time, and may block it.
   * Calls hear that it hangs after ten seconds.
   *
   * @return fails with {@link TokenUnavailableException}, or with something else, whose message is
   *     shown nowhere
   * @throws IOException if a file cannot be read
   */
  CompletionStage<AccessToken> token() throws IOException;
}
