package dev.rolecall.tls;

import dev.rolecall.identity.Audience;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.proof.CallerProof;
import dev.rolecall.proof.ProofBinding;
import dev.rolecall.verifier.CallerVerifier;
import dev.rolecall.verifier.Connection;
import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * Whether an end's verifier would take what the end itself shows, as far as can be told without
 * STS. It is asked about a proof of the same host and audience that is bound to nothing, which no
 * verifier takes from a connection, and asks nobody about.
 */
final class VerifierFit {

  private static final System.Logger LOG = System.getLogger("rolecall.tls");
  private static final String NOBODY = "AKIAIOSFODNN7EXAMPLE";
  private static final int SIGNATURE_LENGTH = 64;

  private VerifierFit() {}

  /**
   * Warns where this end's endpoint is not one that its verifier accepts: seldom meant, but peers
   * may sign for another.
   *
   * @param own what this end shows
   * @throws IllegalStateException if the verifier is for another audience than this end
   */
  static void require(CallerVerifier verifier, KeyedAttestation own, Audience audience) {
    CallerProof proof = own.proof();
    String ofNobody =
        CallerProof.builder(proof.host(), audience, ProofBinding.bearer())
            .accessKeyId(NOBODY)
            .amzDate(proof.amzDate())
            .life(proof.expires())
            .signature("0".repeat(SIGNATURE_LENGTH))
            .build()
            .text();
    Optional<RefusalReason> reason =
        Optional.ofNullable(
                verifier
                    .verify(ofNobody, Connection.attested("self", own.key()))
                    .toCompletableFuture()
                    .getNow(null))
            .flatMap(
                verification ->
                    verification.fold(
                        verified -> Optional.empty(),
                        refused -> Optional.of(refused.reason()),
                        unavailable -> Optional.empty()));
    if (reason.equals(Optional.of(RefusalReason.AUDIENCE_MISMATCH))) {
      throw new IllegalStateException(
          "verifier: it is for another audience (expected: one of CallerVerifier.builder for "
              + audience
              + ")");
    }
    if (reason.equals(Optional.of(RefusalReason.ISSUER_NOT_ALLOWED))) {
      LOG.log(
          Level.WARNING,
          "this end proves its role by the STS at {0}, and its own verifier refuses every peer"
              + " that does so too: unless the peers use another, give it verifier(...) of"
              + " CallerVerifier.builder(...).acceptCustomEndpoint(...) or acceptPartitions(...)",
          proof.host());
    }
  }
}
