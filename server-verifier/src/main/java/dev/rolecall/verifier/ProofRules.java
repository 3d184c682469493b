package dev.rolecall.verifier;

import dev.rolecall.identity.Audience;
import dev.rolecall.proof.CallerProof;
import dev.rolecall.proof.ProofReading;
import dev.rolecall.verifier.internal.answer.StsAnswer;
import dev.rolecall.verifier.internal.endpoint.EndpointTable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules that a proof is held against. */
record ProofRules(
    EndpointTable endpoints,
    Audience audience,
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
        ? CallerProof.readEksToken(text, audience)
        : null;
  }

  ProofFacts facts(CallerProof proof, Optional<StsAnswer> answer) {
    return ProofFacts.of(proof, audience, endpoints.find(proof.host()), answer);
  }
}
