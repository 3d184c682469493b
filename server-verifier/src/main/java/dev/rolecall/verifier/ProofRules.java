package dev.rolecall.verifier;

import dev.rolecall.identity.Audience;
import dev.rolecall.proof.CallerProof;
import dev.rolecall.proof.ProofReading;
import dev.rolecall.verifier.internal.answer.StsAnswer;
import dev.rolecall.verifier.internal.endpoint.EndpointTable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rules that a proof is held against.
 *
 * @param audiences the names of this server; the first is the one in records
 */
record ProofRules(
    EndpointTable endpoints,
    List<Audience> audiences,
    boolean eksTokens,
    BindingRule binding,
    ProofLifetime lifetime,
    AcceptedCallers callers) {

  /** The reading of a text of this scheme; null if it is of another. */
  @Nullable ProofReading read(String text) {
    if (text.startsWith(CallerProof.PREFIX)) {
      return CallerProof.read(text);
    }
    return eksTokens && text.startsWith(CallerProof.EKS_TOKEN_PREFIX)
        ? CallerProof.readEksToken(text, audiences.get(0))
        : null;
  }

  /** The name of this server that the proof is for; empty if it is for another. */
  Optional<Audience> own(CallerProof proof) {
    // Two or three at most, as a rule one.
    return audiences.stream().filter(proof.audience()::equals).findFirst();
  }

  ProofFacts facts(CallerProof proof, Optional<StsAnswer> answer) {
    return ProofFacts.of(proof, audiences.get(0), own(proof), endpoints.find(proof.host()), answer);
  }
}
