package dev.rolecall.txntoken;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.RefusalReason;
import dev.rolecall.jwt.ClaimFlaw;

/** The check that a token fails, in fixed words, with the reason of its refusal. */
enum TokenCheck {
  FORM(RefusalReason.CREDENTIAL_MALFORMED, "it is not a token in compact form, or is too long"),
  TYPE(RefusalReason.CREDENTIAL_KIND_WRONG, "typ is not txntoken+jwt"),
  ALGORITHM(RefusalReason.CREDENTIAL_KIND_WRONG, "alg is none of ES256, RS256, EdDSA"),
  KEY_ID(RefusalReason.CREDENTIAL_MALFORMED, "kid is absent"),
  AUDIENCE_FORM(RefusalReason.CLAIM_INVALID, "aud is absent or not one text"),
  AUDIENCE(RefusalReason.AUDIENCE_MISMATCH, "aud is not the trust domain of this server"),
  TIMES(
      RefusalReason.CLAIM_INVALID,
      "exp or iat is absent, exp, iat or nbf is not a whole number of ten digits, or exp is not"
          + " after iat and nbf"),
  LIFE(RefusalReason.CLAIM_INVALID, "it lives longer than an hour"),
  EXPIRED(RefusalReason.CREDENTIAL_EXPIRED, "exp has passed"),
  NOT_YET_VALID(RefusalReason.CREDENTIAL_NOT_YET_VALID, "iat or nbf lies more than 30 s ahead"),
  SCOPE_FORM(
      RefusalReason.CLAIM_INVALID, "scope is absent, or not names with one space between them"),
  SCOPE(RefusalReason.AUDIENCE_MISMATCH, "scope does not name this server"),
  TRANSACTION(RefusalReason.CLAIM_INVALID, "txn is absent, or not 1 to 128 visible characters"),
  WORKLOAD(RefusalReason.CLAIM_INVALID, "req_wl is absent, or not 1 to 2048 visible characters"),
  UNSUPPORTED(RefusalReason.CLAIM_INVALID, "act or cnf is present, which is not read here"),
  REQUESTER(RefusalReason.CLAIM_INVALID, "rctx is absent or not an object"),
  SCHEME(RefusalReason.CLAIM_INVALID, "authn is absent, or not 1 to 32 characters of a-z 0-9 -"),
  SUBJECT(RefusalReason.CLAIM_INVALID, "sub is absent, or not the text of one principal"),
  ROLE_ID(RefusalReason.CLAIM_INVALID, "role_id is not a role's unique id, or sub is not a role"),
  SESSION(RefusalReason.CLAIM_INVALID, "session is not the name of a session"),
  ACTORS(RefusalReason.CLAIM_INVALID, "actors is not a list of 1 to 4 texts of principals"),
  ADDRESS(RefusalReason.CLAIM_INVALID, "req_ip is not an IP address"),
  ISSUER(
      RefusalReason.ISSUER_NOT_ALLOWED,
      "sub or an actor is of an issuer, authority or trust domain that is not passed on here"),
  KEY(RefusalReason.KEY_UNKNOWN, "kid is not a key of the trust domain for that alg"),
  SIGNATURE(RefusalReason.SIGNATURE_INVALID, "the signature is not the key's");

  private final RefusalReason reason;
  private final String words;

  TokenCheck(RefusalReason reason, String words) {
    this.reason = requireNonNull(reason, "reason");
    this.words = requireNonNull(words, "words");
  }

  /** The check behind a flaw of the registered claims. */
  static TokenCheck of(ClaimFlaw flaw) {
    return switch (flaw) {
      case EXPIRED -> EXPIRED;
      case NOT_YET_VALID -> NOT_YET_VALID;
      case LIFE_TOO_LONG -> LIFE;
      case AUDIENCE_FORM, AUDIENCE_OTHER -> AUDIENCE_FORM;
      case SUBJECT_FORM -> SUBJECT;
      case ISSUER_FORM, ISSUER_OTHER, EXPIRY_MISSING, TIME_FORM, TIMES_CONTRADICT -> TIMES;
    };
  }

  RefusalReason reason() {
    return reason;
  }

  String words() {
    return words;
  }
}
