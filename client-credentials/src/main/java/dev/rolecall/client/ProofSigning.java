package dev.rolecall.client;

import static java.util.Objects.requireNonNull;

import dev.rolecall.proof.CallerProof;
import dev.rolecall.proof.ProofBinding;
import java.time.Duration;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** The way to a new proof, in order: endpoint, credentials, signature, life. Blocks. */
final class ProofSigning implements AutoCloseable {

  private final CredentialsLoading loading;
  private final Presigner presigner;
  private final Duration renewalMargin;

  ProofSigning(CredentialsLoading loading, Presigner presigner, Duration renewalMargin) {
    this.loading = requireNonNull(loading, "loading");
    this.presigner = requireNonNull(presigner, "presigner");
    this.renewalMargin = requireNonNull(renewalMargin, "renewalMargin");
  }

  /**
   * A new proof with that binding.
   *
   * @throws ProofUnavailableException if none can be had
   */
  SignedProof sign(ProofBinding binding) {
    StsTarget target = loading.target();
    AwsCredentialsIdentity identity = loading.identity(target);
    CallerProof proof = presigner.sign(identity, target, binding);
    return SignedProof.of(proof, identity.expirationTime(), renewalMargin);
  }

  boolean isClosed() {
    return loading.isClosed();
  }

  @Override
  public void close() {
    loading.close();
  }
}
