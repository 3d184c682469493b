package dev.rolecall.identity;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * Why a call was not admitted. One vocabulary, used as the ErrorInfo reason, the audit record's
 * word, the metric's label and the column of the tests.
 */
public enum RefusalReason {
  /** No {@code authorization} value. */
  PROOF_MISSING("no caller proof was sent"),
  /** Not exactly one Bearer value, or its text breaks a rule of the format. */
  PROOF_MALFORMED("the caller proof is malformed"),
  /** Signed for a host that is not in the verifier's endpoint table. */
  ENDPOINT_NOT_ALLOWED("the caller proof is for an STS endpoint that is not accepted here"),
  /** Meant for another audience. */
  AUDIENCE_MISMATCH("the caller proof is for another audience"),
  /** Bound to less than the verifier requires, or of a kind that is not accepted in metadata. */
  BINDING_REQUIRED("the caller proof must be bound to this server's certificate"),
  /** Bound to a certificate that this connection did not present. */
  CHANNEL_MISMATCH(
      "the caller proof is bound to another certificate: another connection's, or TLS ends in between"),
  /** Bound to another key than the one the connection proved. */
  KEY_MISMATCH("the caller proof is bound to another key"),
  /** The connection's certificate breaks a rule of attestations, or TLS is older than 1.3. */
  ATTESTATION_INVALID("the connection's certificate is not an attestation that is accepted here"),
  /** Older than its life or the verifier's limit. */
  PROOF_EXPIRED("the caller proof has expired"),
  /** Dated further ahead than clocks may differ. */
  PROOF_NOT_YET_VALID("the caller proof is dated in the future"),
  /** A limit on look-ups, in total or for the peer's address, is reached. */
  TOO_MANY_PROOFS("too many caller proofs are being verified"),
  /** STS refused the signature or the credentials. */
  STS_REFUSED("the caller identity was not accepted"),
  /** STS did not answer, or not in time, or is throttling. */
  STS_UNAVAILABLE("the caller identity could not be checked now"),
  /** STS answered something that is not an answer. */
  STS_ANSWER_INVALID("the caller identity could not be checked"),
  /** The signer is a user, a root user, a federated user, an EC2 instance by itself. */
  CALLER_NOT_A_ROLE("the caller is not an IAM role"),
  /** The signer's account is not one of those trusted. */
  ACCOUNT_NOT_TRUSTED("the caller's account is not trusted here"),
  /** A known caller whose role may not call this method. */
  METHOD_NOT_ALLOWED("the caller's role may not call this method"),
  /** Nothing is decided any more: the server is stopping, or closed its guard before itself. */
  GUARD_CLOSED("the server's guard is closed: it is stopping, or closed its guard too early"),
  /** A defect of the verifier itself. */
  VERIFIER_DEFECT("the caller could not be checked because of an internal error");

  private final String description;
  private final String label;

  RefusalReason(String description) {
    this.description = requireNonNull(description, "description");
    this.label = name().toLowerCase(Locale.ROOT);
  }

  /** One short sentence about the refusal, the same for every caller. */
  public String description() {
    return description;
  }

  /**
   * The description of the gRPC status: the reason's name, a colon and {@link #description}. The
   * same for every caller, so that a client without the status details has the word too.
   */
  public String statusDescription() {
    return name() + ": " + description;
  }

  /** The name in lower case, as metrics write it. */
  public String label() {
    return label;
  }
}
