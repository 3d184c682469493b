package dev.rolecall.verifier;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.scheme.Facts;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.Fact;
import dev.rolecall.proof.CallerProof;
import dev.rolecall.proof.ProofBinding;
import dev.rolecall.verifier.internal.answer.StsAnswer;
import dev.rolecall.verifier.internal.answer.StsCode;
import dev.rolecall.verifier.internal.endpoint.StsEndpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The facts of a refused proof that an operator needs, for logs and audit records. The proof claims
 * them and nothing confirms them. None is a secret: the session token, the signature and the text
 * of the proof are left out.
 *
 * @param target the server and the endpoint that it was signed for
 * @param accessKeyId the access key id, 16 to 128 characters of {@code [A-Z0-9]}
 * @param expectedAudience the audience of this server, the first of several
 * @param signer the ARN that STS gave for a signer who is not admitted, at most 200 characters of
 *     it; empty where STS confirmed none
 * @param stsCode how STS answered: its error code, or the verifier's own word for a failure without
 *     one, such as {@code timeout}; empty where STS was not asked
 */
record ProofFacts(
    Target target,
    String accessKeyId,
    String expectedAudience,
    Optional<String> stsCode,
    Optional<String> signer)
    implements Facts {

  private static final int LONGEST_SIGNER = 200;

  /**
   * The server and the endpoint that a proof was signed for.
   *
   * @param endpoint the STS host
   * @param region the Region of that endpoint; empty where the endpoint is not accepted here
   * @param audience the audience that the proof names; of an EKS token, which names none, the one
   *     expected here
   */
  record Target(String endpoint, Optional<String> region, String audience) {

    /** Checks that nothing is absent. */
    Target {
      requireNonNull(endpoint, "endpoint");
      requireNonNull(region, "region");
      requireNonNull(audience, "audience");
    }

    static Target of(CallerProof proof, Optional<Audience> own, Optional<StsEndpoint> endpoint) {
      return new Target(
          // The table's own text where it has one: a refusal that is remembered holds it.
          endpoint.map(StsEndpoint::host).orElse(proof.host()).toString(),
          endpoint.map(known -> known.region().value()),
          own.orElse(proof.audience()).toString());
    }
  }

  /** Checks that nothing is absent. */
  ProofFacts {
    requireNonNull(target, "target");
    requireNonNull(accessKeyId, "accessKeyId");
    requireNonNull(expectedAudience, "expectedAudience");
    requireNonNull(stsCode, "stsCode");
    requireNonNull(signer, "signer");
  }

  static ProofFacts of(
      CallerProof proof,
      Audience expected,
      Optional<Audience> own,
      Optional<StsEndpoint> endpoint,
      Optional<StsAnswer> answer) {
    return new ProofFacts(
        Target.of(proof, own, endpoint),
        proof.accessKeyId(),
        expected.toString(),
        answer.map(StsAnswer::code).map(StsCode::label),
        answer.flatMap(ProofFacts::signer));
  }

  private static Optional<String> signer(StsAnswer answer) {
    return answer.fold(
        identity -> Optional.of(identity.arn()).map(ProofFacts::cut),
        Optional::empty,
        Optional::empty,
        Optional::empty);
  }

  private static String cut(String arn) {
    return arn.length() <= LONGEST_SIGNER ? arn : arn.substring(0, LONGEST_SIGNER);
  }

  /** The evidence of a confirmed caller whose proof had these facts. */
  Evidence evidence(String sessionName, ProofBinding binding) {
    return Evidence.ofSession(StsConfirmer.SCHEME, carrier(binding), sessionName)
        .with(accessKeyId, signedFor());
  }

  /** The binding rule has seen to it that a proof bound to a key came in its certificate. */
  private static Evidence.Carrier carrier(ProofBinding binding) {
    return binding instanceof ProofBinding.Key
        ? Evidence.Carrier.PEER_CERTIFICATE
        : Evidence.Carrier.CALL_METADATA;
  }

  private List<Fact> signedFor() {
    return target
        .region()
        .map(
            known ->
                List.of(
                    new Fact("region", "Region", known),
                    new Fact("endpoint", "endpoint", target.endpoint()),
                    new Fact("audience", "audience", target.audience())))
        .orElseGet(List::of);
  }

  /** The ARN of the signer alone: all else is shared with the proof's rules, or short. */
  @Override
  public int size() {
    return signer.map(String::length).orElse(0);
  }

  @Override
  public List<Fact> list() {
    List<Fact> facts = new ArrayList<>();
    stsCode.ifPresent(code -> facts.add(new Fact("sts_code", "STS code", code)));
    signer.ifPresent(arn -> facts.add(new Fact("signer", "signer", arn)));
    facts.add(new Fact("access_key_id", "access key id", accessKeyId));
    target.region().ifPresent(known -> facts.add(new Fact("region", "Region", known)));
    facts.add(new Fact("endpoint", "endpoint", target.endpoint()));
    facts.add(new Fact("audience", "audience", target.audience()));
    facts.add(new Fact("expected_audience", "expected audience", expectedAudience));
    return facts;
  }
}
