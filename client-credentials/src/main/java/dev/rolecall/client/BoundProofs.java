package dev.rolecall.client;

import static java.util.Objects.requireNonNull;

import dev.rolecall.proof.ProofBinding;
import dev.rolecall.renewal.CredentialSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The origin of the proofs of one binding: each is signed where it is asked for. */
final class BoundProofs implements CredentialSource<SignedProof> {

  private final ProofSigning signing;
  private final ProofBinding binding;

  BoundProofs(ProofSigning signing, ProofBinding binding) {
    this.signing = requireNonNull(signing, "signing");
    this.binding = requireNonNull(binding, "binding");
  }

  @Override
  public String name() {
    return "caller proof";
  }

  @Override
  public CompletionStage<SignedProof> make() {
    return CompletableFuture.completedFuture(signing.sign(binding));
  }

  @Override
  public RuntimeException executorRefused() {
    return ProofFailure.rejected();
  }

  @Override
  public RuntimeException defect(Throwable thrown) {
    return ProofFailure.defect(thrown);
  }
}
