package dev.rolecall.verifier;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.scheme.Answer;
import dev.rolecall.access.scheme.CredentialKey;
import dev.rolecall.access.scheme.Facts;
import dev.rolecall.access.scheme.Issuer;
import dev.rolecall.access.scheme.Question;
import dev.rolecall.proof.CallerProof;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The question to STS about one proof. No record: the proof is a secret. */
final class ProofQuestion implements Question {

  private final CallerProof proof;
  private final StsIssuer issuer;
  private final StsConfirmer confirmer;

  ProofQuestion(CallerProof proof, StsIssuer issuer, StsConfirmer confirmer) {
    this.proof = requireNonNull(proof, "proof");
    this.issuer = requireNonNull(issuer, "issuer");
    this.confirmer = requireNonNull(confirmer, "confirmer");
  }

  /** Spread by the signature: 256 bits that no two proofs share. */
  @Override
  public CredentialKey key() {
    return new CredentialKey(proof.text(), proof.hashCode());
  }

  @Override
  public Issuer issuer() {
    return issuer;
  }

  /** The access key id. */
  @Override
  public String claimedId() {
    return proof.accessKeyId();
  }

  @Override
  public Optional<Facts> facts() {
    return Optional.of(confirmer.rules().facts(proof, Optional.empty()));
  }

  @Override
  public CompletableFuture<Answer> ask(long began) {
    return confirmer.confirm(proof, issuer.endpoint(), began);
  }
}
