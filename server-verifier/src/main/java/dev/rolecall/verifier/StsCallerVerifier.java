package dev.rolecall.verifier;

import static dev.rolecall.identity.RefusalReason.AUDIENCE_MISMATCH;
import static dev.rolecall.identity.RefusalReason.CREDENTIAL_MALFORMED;
import static dev.rolecall.identity.RefusalReason.ISSUER_NOT_ALLOWED;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.CallerVerifier;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.access.scheme.Reading;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.proof.CallerProof;
import dev.rolecall.proof.ProofReading;
import dev.rolecall.verifier.internal.endpoint.StsEndpoint;
import dev.rolecall.verifier.internal.sts.StsClient;
import java.util.Optional;

/**
 * The local steps of the protocol's section 5, in its order and with its numbers. Step 1, the
 * header, is the door's; steps 6 and 7, what is remembered and what is under way, are the engine's.
 */
final class StsCallerVerifier implements CallerVerifier {

  private final ProofRules rules;
  private final StsClient sts;
  private final AccessRuntime runtime;
  private final StsConfirmer confirmer;

  StsCallerVerifier(ProofRules rules, StsClient sts, AccessRuntime runtime) {
    this.rules = rules;
    this.sts = sts;
    this.runtime = runtime;
    this.confirmer = new StsConfirmer(rules, sts, runtime.clock());
  }

  @Override
  public Reading read(Credential credential, Connection connection) {
    if (credential instanceof ProofCertificate certificate) {
      return read(certificate.proof(), connection, Optional.of(certificate.key()));
    }
    if (!(credential instanceof Credential.Header header)) {
      return Reading.notMine();
    }
    String text = header.bearer();
    ProofReading reading = text == null ? null : rules.read(text); // 2
    return reading == null
        ? Reading.notMine()
        : reading.fold(
            proof -> read(proof, connection, Optional.empty()),
            malformed -> Reading.refused(CREDENTIAL_MALFORMED, Optional.empty()));
  }

  /** By a key that TLS has proven, where the proof is from the connection's certificate. */
  private Reading read(CallerProof proof, Connection connection, Optional<BindingHash> provenKey) {
    Optional<StsEndpoint> endpoint = rules.endpoints().find(proof.host()); // 3
    if (endpoint.isEmpty()) {
      return refused(ISSUER_NOT_ALLOWED, proof);
    }
    if (rules.own(proof).isEmpty()) { // 4
      return refused(AUDIENCE_MISMATCH, proof);
    }
    Optional<RefusalReason> unbound = // 4
        rules.binding().refusal(proof.binding(), connection, provenKey);
    if (unbound.isPresent()) {
      return refused(unbound.get(), proof);
    }
    return rules
        .lifetime()
        .refusal(proof, runtime.clock().instant()) // 5
        .map(untimely -> refused(untimely, proof))
        .orElseGet(() -> new ProofQuestion(proof, new StsIssuer(endpoint.get(), sts), confirmer));
  }

  private Reading refused(RefusalReason reason, CallerProof proof) {
    return Reading.refused(reason, Optional.of(rules.facts(proof, Optional.empty())));
  }

  @Override
  public void close() {
    sts.close();
  }
}
