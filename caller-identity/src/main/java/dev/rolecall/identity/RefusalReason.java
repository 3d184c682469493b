package dev.rolecall.identity;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * The reason why a call is refused. One vocabulary, used as the ErrorInfo reason, the audit
 * record's word, the metric's label and the column of the tests. A reason says what happened and
 * names no scheme.
 */
public enum RefusalReason {
  /** No {@code authorization} value. */
  CREDENTIAL_MISSING(RefusalKind.UNAUTHENTICATED, "no credential was sent"),
  /** The value is of another scheme, or breaks a rule of its format. */
  CREDENTIAL_MALFORMED(RefusalKind.UNAUTHENTICATED, "the credential is malformed"),
  /** More than one {@code authorization} value: two readers could take different ones. */
  CREDENTIALS_AMBIGUOUS(RefusalKind.UNAUTHENTICATED, "more than one credential was sent"),
  /** A token of another kind than an access token for this server, by its type or its claims. */
  CREDENTIAL_KIND_WRONG(
      RefusalKind.UNAUTHENTICATED, "the credential is of a kind that is not accepted here"),
  /** Withdrawn, or not active by what its issuer says. */
  CREDENTIAL_INACTIVE(RefusalKind.UNAUTHENTICATED, "the credential is no longer active"),
  /** Made for an issuer, or an endpoint of one, that is not in the server's table. */
  ISSUER_NOT_ALLOWED(
      RefusalKind.UNAUTHENTICATED,
      "the credential is for an issuer or endpoint that is not accepted here"),
  /** Signed with a key that the issuer does not publish. */
  KEY_UNKNOWN(RefusalKind.UNAUTHENTICATED, "the credential is signed with an unknown key"),
  /** The signature is not the issuer's. */
  SIGNATURE_INVALID(RefusalKind.UNAUTHENTICATED, "the credential's signature is not valid"),
  /** A claim is absent, or breaks its rule. */
  CLAIM_INVALID(RefusalKind.UNAUTHENTICATED, "the credential lacks a claim, or one is not valid"),
  /** Meant for another audience. */
  AUDIENCE_MISMATCH(RefusalKind.UNAUTHENTICATED, "the credential is for another audience"),
  /**
   * Bound to less than the server requires, or of a kind that is not accepted in metadata, or not
   * on a connection without TLS.
   */
  BINDING_REQUIRED(
      RefusalKind.UNAUTHENTICATED,
      "the credential needs TLS, or a binding to this server's certificate"),
  /** Bound to a certificate that this connection did not present. */
  CHANNEL_MISMATCH(
      RefusalKind.UNAUTHENTICATED,
      "the credential is bound to a different certificate; a proxy or load balancer may be terminating TLS"),
  /** Bound to another key than the one the connection proved. */
  KEY_MISMATCH(RefusalKind.UNAUTHENTICATED, "the credential is bound to another key"),
  /** Bound to another client certificate than the one of this connection, or bound otherwise. */
  SENDER_MISMATCH(
      RefusalKind.UNAUTHENTICATED,
      "the credential is bound to a client certificate that this connection did not present"),
  /** The connection's certificate breaks a rule of attestations, or TLS is older than 1.3. */
  ATTESTATION_INVALID(
      RefusalKind.UNAUTHENTICATED,
      "the connection's certificate is not an attestation that is accepted here"),
  /** Older than its life or the server's limit. */
  CREDENTIAL_EXPIRED(RefusalKind.UNAUTHENTICATED, "the credential has expired"),
  /** Dated further ahead than clocks may differ. */
  CREDENTIAL_NOT_YET_VALID(RefusalKind.UNAUTHENTICATED, "the credential is dated in the future"),
  /** A limit on look-ups, in total or for the peer's address, is reached. */
  TOO_MANY_LOOKUPS(RefusalKind.OVER_LIMIT, "too many callers are being verified"),
  /** The issuer refused the signature or the credential. */
  ISSUER_REFUSED(RefusalKind.UNAUTHENTICATED, "the caller identity was not accepted"),
  /** The issuer did not answer, or not in time, or is throttling. */
  ISSUER_UNAVAILABLE(RefusalKind.UNAVAILABLE, "the caller identity could not be checked now"),
  /** The issuer's answer is not one. */
  ISSUER_ANSWER_INVALID(RefusalKind.UNAVAILABLE, "the caller identity could not be checked"),
  /** The caller is known and of no kind that the scheme accepts, such as an IAM user. */
  CALLER_KIND_NOT_ACCEPTED(
      RefusalKind.FORBIDDEN, "the caller is not of a kind that is accepted here"),
  /** The caller's account is not one of those trusted. */
  ACCOUNT_NOT_TRUSTED(RefusalKind.FORBIDDEN, "the caller's account is not trusted here"),
  /** A known caller that may not call this method. */
  METHOD_NOT_ALLOWED(RefusalKind.FORBIDDEN, "the caller may not call this method"),
  /** No grant that the caller holds allows the call, and no rule allows it without one. */
  GRANT_REQUIRED(RefusalKind.FORBIDDEN, "the call needs a grant that the caller does not hold"),
  /** The grant that allowed it has ended. */
  GRANT_EXPIRED(RefusalKind.FORBIDDEN, "the grant that allowed the call has ended"),
  /** The grant that allowed it was revoked. */
  GRANT_REVOKED(RefusalKind.FORBIDDEN, "the grant that allowed the call was revoked"),
  /** The caller, its role or its access key is locked. */
  CALLER_LOCKED(RefusalKind.FORBIDDEN, "the caller is locked"),
  /** The server has heard of no grants for too long to rely on those that it knows. */
  GRANTS_STALE(RefusalKind.UNAVAILABLE, "the grants of callers could not be checked now"),
  /** The guard decides nothing more: the server is stopping, or closed its guard before itself. */
  GUARD_CLOSED(
      RefusalKind.UNAVAILABLE,
      "the server's guard is closed: it is stopping, or closed its guard too early"),
  /** A defect of the server itself. */
  DEFECT(RefusalKind.DEFECT, "the caller could not be checked because of an internal error");

  private final RefusalKind kind;
  private final String description;
  private final String label;

  RefusalReason(RefusalKind kind, String description) {
    this.kind = requireNonNull(kind, "kind");
    this.description = requireNonNull(description, "description");
    this.label = name().toLowerCase(Locale.ROOT);
  }

  /** The kind of answer that it is: a door chooses its status by this alone. */
  public RefusalKind kind() {
    return kind;
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
