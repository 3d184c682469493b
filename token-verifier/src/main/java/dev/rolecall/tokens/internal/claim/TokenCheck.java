package dev.rolecall.tokens.internal.claim;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.RefusalReason;
import dev.rolecall.jwt.ClaimFlaw;

/**
 * The checks that a token may fail, each with the one reason of its refusal. The words go to the
 * server's records, and hold nothing of the token.
 */
public enum TokenCheck {
  /** The text is no token that is read here. */
  FORM(RefusalReason.CREDENTIAL_MALFORMED, "form"),
  /** {@code iss} is not the text of a configured issuer. */
  ISSUER(RefusalReason.ISSUER_NOT_ALLOWED, "iss is not a configured issuer"),
  /** {@code iss} is absent or no text. */
  ISSUER_FORM(RefusalReason.CLAIM_INVALID, "iss is absent or not a text"),
  /** {@code alg} is not one of the issuer's. */
  ALGORITHM(RefusalReason.CREDENTIAL_KIND_WRONG, "alg is not one that the issuer may use"),
  /** {@code typ} is not one of the profile's. */
  TYPE(RefusalReason.CREDENTIAL_KIND_WRONG, "typ is not that of an access token of the profile"),
  /** The claims are those of an ID token, a refresh token or an event, or of no bearer token. */
  PURPOSE(
      RefusalReason.CREDENTIAL_KIND_WRONG,
      "its claims are of an ID token, a refresh token, a logout token, an event or of no bearer"
          + " token"),
  /** The form of {@code aud}. */
  AUDIENCE_FORM(RefusalReason.CLAIM_INVALID, "aud is neither a text nor a list of texts"),
  /** {@code aud} does not name this server. */
  AUDIENCE(RefusalReason.AUDIENCE_MISMATCH, "aud does not name this server"),
  /** The form or the order of the times, or a life that is too long. */
  TIMES(
      RefusalReason.CLAIM_INVALID,
      "exp is missing, a time is not a whole number, or exp is not after iat and nbf"),
  /** A life over the limit. */
  LIFE(RefusalReason.CLAIM_INVALID, "it lives longer than the limit"),
  /** {@code exp} has passed. */
  EXPIRED(RefusalReason.CREDENTIAL_EXPIRED, "exp has passed"),
  /** {@code iat} or {@code nbf} lies ahead. */
  NOT_YET_VALID(RefusalReason.CREDENTIAL_NOT_YET_VALID, "iat or nbf lies ahead"),
  /** {@code sub} is absent, or not as the profile wants it. */
  SUBJECT(RefusalReason.CLAIM_INVALID, "sub is absent, or not as the profile wants it"),
  /** {@code client_id} and {@code azp} are absent, differ, or are not as the profile wants them. */
  CLIENT(RefusalReason.CLAIM_INVALID, "client_id or azp is absent, not a text, or they differ"),
  /** The client is not one of those that the issuer's settings allow. */
  CLIENT_NOT_ALLOWED(RefusalReason.CLAIM_INVALID, "the client is not one of those allowed"),
  /** {@code scope} or {@code scp} is not a list of scopes. */
  SCOPE(RefusalReason.CLAIM_INVALID, "scope or scp is not a list of scopes"),
  /** {@code act} is too deep, or an actor has no subject or another issuer. */
  ACTOR(RefusalReason.CLAIM_INVALID, "act is deeper than 4, or an actor has no sub or another iss"),
  /** A claim of the profile is absent or contradicts another. */
  PROFILE(RefusalReason.CLAIM_INVALID, "a claim of the profile is absent or contradicts another"),
  /** {@code subject_mode} says that the subject is no role. */
  SUBJECT_MODE(RefusalReason.CALLER_KIND_NOT_ACCEPTED, "subject_mode is not AWSIdentity"),
  /** The subject is a user, a root or a session. */
  SUBJECT_KIND(RefusalReason.CALLER_KIND_NOT_ACCEPTED, "sub is not the ARN of an IAM role"),
  /** The account is not the one that is listed with the issuer. */
  ACCOUNT(RefusalReason.ACCOUNT_NOT_TRUSTED, "the account is not the one listed for the issuer"),
  /** {@code cnf} binds it to another certificate, or in a way that is not checked here. */
  SENDER(
      RefusalReason.SENDER_MISMATCH,
      "cnf binds it to another client certificate, or in a way that is not accepted here"),
  /** No key of the issuer has the token's {@code kid}. */
  KEY(RefusalReason.KEY_UNKNOWN, "kid is not a key of the issuer for that alg"),
  /** The signature is not the key's. */
  SIGNATURE(RefusalReason.SIGNATURE_INVALID, "the signature is not the key's"),
  /** The issuer says that an opaque token is not active. */
  ACTIVE(RefusalReason.CREDENTIAL_INACTIVE, "the issuer says that it is not active");

  private final RefusalReason reason;
  private final String words;

  TokenCheck(RefusalReason reason, String words) {
    this.reason = requireNonNull(reason, "reason");
    this.words = requireNonNull(words, "words");
  }

  /** The check that a flaw of the registered claims is. */
  static TokenCheck of(ClaimFlaw flaw) {
    return switch (flaw) {
      case ISSUER_FORM -> ISSUER_FORM;
      case ISSUER_OTHER -> ISSUER;
      case SUBJECT_FORM -> SUBJECT;
      case AUDIENCE_FORM -> AUDIENCE_FORM;
      case AUDIENCE_OTHER -> AUDIENCE;
      case EXPIRY_MISSING, TIME_FORM, TIMES_CONTRADICT -> TIMES;
      case LIFE_TOO_LONG -> LIFE;
      case EXPIRED -> EXPIRED;
      case NOT_YET_VALID -> NOT_YET_VALID;
    };
  }

  /** The reason of the refusal. */
  public RefusalReason reason() {
    return reason;
  }

  /** The check in a few words. */
  public String words() {
    return words;
  }

  /** Whether it is said of a caller who is known: only once the signature has been checked. */
  boolean isAboutAKnownCaller() {
    return this == SUBJECT_MODE || this == SUBJECT_KIND || this == ACCOUNT;
  }
}
