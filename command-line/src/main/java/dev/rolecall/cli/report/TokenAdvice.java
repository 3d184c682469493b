package dev.rolecall.cli.report;

import dev.rolecall.cli.connect.CredentialKind;
import dev.rolecall.identity.RefusalReason;
import java.util.Optional;

/** Advice on refusals of access tokens: JWTs, which a server verifies, and opaque ones. */
final class TokenAdvice {

  private TokenAdvice() {}

  /** Empty where the advice is the same for every kind of credential. */
  static Optional<String> on(RefusalReason reason, CredentialKind kind) {
    return Optional.ofNullable(
        switch (reason) {
          case CREDENTIAL_MALFORMED ->
              kind == CredentialKind.JWT
                  ? "send the token unchanged, as one Bearer value; or the server takes no tokens"
                      + " (TokenVerifier, serve --issuer), not one that long, or not one signed with"
                      + " HS256 or none"
                  : "send the token unchanged, as one Bearer value; if it is an opaque one, have"
                      + " the server ask its issuer about it (introspect, serve --introspect)";
          case CREDENTIAL_KIND_WRONG ->
              "send an access token, and no ID token or refresh token; if it is one, give the"
                  + " server the issuer's way of writing tokens and its algorithms (serve"
                  + " --issuer-profile; algorithms(...))";
          case ISSUER_NOT_ALLOWED ->
              "name the token's iss at the server, letter by letter (serve --issuer ALIAS=URL, or"
                  + " --web-identity ACCOUNT=ISSUER)";
          case CLAIM_INVALID ->
              "the server's record says which claim is absent or breaks its rule; 'rolecall doctor'"
                  + " shows those of a JWT, and docs/tokens.md has the rules";
          case AUDIENCE_MISMATCH ->
              "ask the issuer for a token of the server's audience, or name the token's aud at the"
                  + " server (serve --token-audience); a server that passes a call on needs a token"
                  + " of its own";
          case CREDENTIAL_EXPIRED ->
              "get a new token: its exp has passed; if it is new, set the server's clock by NTP";
          case CREDENTIAL_NOT_YET_VALID ->
              "set the clocks of the issuer and the server by NTP: the issuer's is ahead";
          case TOO_MANY_LOOKUPS ->
              "wait as long as RetryInfo says; if it lasts, look for a client that gets a token for"
                  + " each call, or raise the limits (signatureTime, lookupLimits)";
          case ISSUER_UNAVAILABLE ->
              "the server cannot reach the token's issuer in time, for its keys or about the token:"
                  + " look at its route, its proxy settings, and its client at the issuer";
          case CALLER_KIND_NOT_ACCEPTED ->
              "ask for a web identity token of a role itself: sub is the ARN of an IAM role, and"
                  + " subject_mode is AWSIdentity";
          case ACCOUNT_NOT_TRUSTED ->
              "list the token's account with its issuer at the server (serve --web-identity"
                  + " ACCOUNT=ISSUER)";
          case METHOD_NOT_ALLOWED ->
              "the token is valid, but the policy says no: ask 'rolecall policy explain', where the"
                  + " server's policy is, and say with --client, --scope, --claim, --tag and --actor"
                  + " what the token has";
          default -> null;
        });
  }
}
