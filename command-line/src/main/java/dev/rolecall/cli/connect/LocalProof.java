package dev.rolecall.cli.connect;

import dev.rolecall.access.lookup.CallerLookup;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.client.ProofSource;
import dev.rolecall.client.ProofUnavailableException;
import dev.rolecall.proof.CallerProof;
import dev.rolecall.proof.ProofBinding;
import java.util.concurrent.CompletionException;

/** A proof that is signed with the AWS credentials of this process. */
public final class LocalProof {

  private LocalProof() {}

  /**
   * Signs a proof. Blocks until the credentials are found.
   *
   * @throws ProofUnavailableException if there are no credentials, or the role cannot be assumed
   */
  public static CallerProof signed(ProofSource source, ProofBinding binding) {
    try {
      return source.proof(binding, Runnable::run).toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof ProofUnavailableException unavailable) {
        throw unavailable;
      }
      throw e;
    }
  }

  /**
   * Signs a proof for the audience alone and has it verified. Blocks until STS has answered.
   *
   * @throws ProofUnavailableException if there are no credentials, or the role cannot be assumed
   */
  public static Verification verified(ProofSource source, CallerLookup callers) {
    return callers
        .find(
            Credential.bearer(signed(source, ProofBinding.bearer()).text()),
            Connection.withoutTls("local"))
        .join();
  }
}
