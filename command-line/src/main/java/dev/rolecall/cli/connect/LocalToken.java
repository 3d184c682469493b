package dev.rolecall.cli.connect;

import dev.rolecall.client.ProofUnavailableException;
import dev.rolecall.client.WebIdentityCallCredentials;
import dev.rolecall.client.WebIdentityToken;
import java.util.concurrent.CompletionException;

/** A web identity token for the AWS credentials of this process. */
public final class LocalToken {

  private LocalToken() {}

  /**
   * Asks STS for a token. Blocks until it has answered.
   *
   * @throws ProofUnavailableException if there are no credentials, or STS gives none
   */
  public static WebIdentityToken issued(WebIdentityCallCredentials credentials) {
    try {
      return credentials.token(Runnable::run).toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof ProofUnavailableException unavailable) {
        throw unavailable;
      }
      throw e;
    }
  }
}
