package dev.rolecall.tls;

import dev.rolecall.access.lookup.CallerLookup;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.proof.CallerProof;
import dev.rolecall.proof.ProofBinding;
import dev.rolecall.proof.StsHost;
import dev.rolecall.verifier.ProofCertificate;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;

/**
 * The check that an end's verifier would accept the certificate that the end itself presents, as
 * far as can be told without STS. The verifier is asked about a proof of the same host and audience
 * that is bound to nothing, which no verifier accepts from a connection, and asks no STS about.
 */
final class VerifierFit {

  private static final System.Logger LOG = System.getLogger("rolecall.tls");
  private static final String NO_ACCESS_KEY = "AKIAIOSFODNN7EXAMPLE";
  private static final int SIGNATURE_LENGTH = 64;
  private static final StsHost ANY_HOST = StsHost.parse("sts.us-east-1.amazonaws.com");
  private static final BindingHash NO_KEY = BindingHash.of(new byte[0]);

  private VerifierFit() {}

  /**
   * Warns where this end's endpoint is not one that its verifier accepts: seldom meant, but peers
   * may sign for another.
   *
   * @param own the certificate that this end presents
   * @throws IllegalStateException if the verifier is for another audience than this end, or reads
   *     no attestations
   */
  static void require(CallerLookup peers, KeyedAttestation own, Audience audience) {
    StsHost host = own.proof().host();
    if (refusal(peers, host, audience).equals(Optional.of(RefusalReason.ISSUER_NOT_ALLOWED))) {
      LOG.log(
          Level.WARNING,
          "this end proves its role by the STS at {0}, and its own verifier refuses every peer"
              + " that does so too: unless the peers use another, give it a"
              + " StsVerifier with acceptCustomEndpoint(...) or acceptPartitions(...)",
          host);
    }
  }

  /**
   * The same for an end that presents no attestation, and so has no endpoint to compare.
   *
   * @throws IllegalStateException if the verifier is for another audience, as far as it accepts
   *     AWS's endpoints, or reads no attestations
   */
  static void require(CallerLookup peers, Audience audience) {
    var unused = refusal(peers, ANY_HOST, audience);
  }

  private static Optional<RefusalReason> refusal(
      CallerLookup peers, StsHost host, Audience audience) {
    CallerProof unbound =
        CallerProof.builder(host, audience, ProofBinding.bearer())
            .accessKeyId(NO_ACCESS_KEY)
            .amzDate("20260101T000000Z")
            .life(Duration.ofMinutes(15))
            .signature("0".repeat(SIGNATURE_LENGTH))
            .build();
    Optional<RefusalReason> reason =
        Optional.ofNullable(
                peers
                    .find(new ProofCertificate(unbound, NO_KEY), Connection.withoutTls("self"))
                    .getNow(null))
            .flatMap(
                verification ->
                    verification.fold(
                        verified -> Optional.empty(),
                        refused -> Optional.of(refused.reason()),
                        unavailable -> Optional.empty()));
    if (reason.equals(Optional.of(RefusalReason.AUDIENCE_MISMATCH))) {
      throw new IllegalStateException(
          "verifier: it is for another audience (expected: StsVerifier.forAudience of "
              + audience
              + ")");
    }
    if (reason.equals(Optional.of(RefusalReason.CREDENTIAL_MALFORMED))) {
      throw new IllegalStateException(
          "verifier: none reads attestations (expected: accept(StsVerifier.forAudience(...)))");
    }
    return reason;
  }
}
