package dev.rolecall.cli.serve;

import dev.rolecall.cli.options.StsOptions;
import dev.rolecall.client.ProofSource;
import dev.rolecall.client.ProofUnavailableException;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.proof.CallerProof;
import dev.rolecall.proof.ProofBinding;
import dev.rolecall.verifier.CallerVerifier;
import dev.rolecall.verifier.Connection;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** Which role this shell's AWS credentials are, as STS says: they themselves do not tell. */
final class OwnRole {

  private final Audience audience;
  private final StsOptions sts;

  OwnRole(Audience audience, StsOptions sts) {
    this.audience = audience;
    this.sts = sts;
  }

  /** The role; empty if STS does not say, or it is no role. Blocks for the answer. */
  Optional<RoleArn> asSeenBy(CallerVerifier verifier) {
    try (ProofSource source = sts.signedBy(ProofSource.builder(audience)).build()) {
      CallerProof proof =
          source.proof(ProofBinding.bearer(), Runnable::run).toCompletableFuture().join();
      return verifier
          .verify(proof.text(), Connection.withoutTls("local"))
          .toCompletableFuture()
          .join()
          .fold(
              verified -> Optional.of(verified.caller().role()),
              refused -> Optional.empty(),
              unavailable -> Optional.empty());
    } catch (CompletionException e) {
      if (e.getCause() instanceof ProofUnavailableException) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
