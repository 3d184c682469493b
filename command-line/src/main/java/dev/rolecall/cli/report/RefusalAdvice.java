package dev.rolecall.cli.report;

import dev.rolecall.cli.connect.CredentialKind;
import dev.rolecall.identity.RefusalReason;
import java.util.Optional;

/**
 * Advice on each refusal, in a sentence or two, for the kind of credential that was refused. The
 * page docs/troubleshooting.md says more.
 */
public final class RefusalAdvice {

  private RefusalAdvice() {}

  /** The next step after a credential of that kind was refused for that reason. */
  public static String on(RefusalReason reason, CredentialKind kind) {
    Optional<String> special =
        switch (kind) {
          case PROOF -> ProofAdvice.on(reason);
          case JWT, OPAQUE_TOKEN -> TokenAdvice.on(reason, kind);
          case API_KEY -> ApiKeyAdvice.on(reason);
        };
    return special.orElseGet(() -> on(reason));
  }

  private static String on(RefusalReason reason) {
    return switch (reason) {
      case CREDENTIAL_MISSING ->
          "attach credentials to the stub (IamCallCredentials, TokenCallCredentials); a proxy on"
              + " the way may drop the authorization header";
      case CREDENTIAL_MALFORMED -> "send one Bearer value, unchanged";
      case CREDENTIALS_AMBIGUOUS ->
          "send one authorization value: two interceptors, or an interceptor and the stub's"
              + " credentials, each set one";
      case CREDENTIAL_KIND_WRONG ->
          "send an access token for this server: an ID token, a refresh token or a token of another"
              + " type proves nothing here";
      case CREDENTIAL_INACTIVE ->
          "get a new credential: this one was withdrawn, or its issuer says that it is not active";
      case ISSUER_NOT_ALLOWED ->
          "have the server accept the credential's issuer, or get one of an issuer that it accepts";
      case KEY_UNKNOWN ->
          "the token is signed with a key that its issuer does not publish: compare the issuer's"
              + " key set with the token's kid";
      case SIGNATURE_INVALID ->
          "the token was changed, or another issuer signed it: get a new one from the issuer";
      case CLAIM_INVALID ->
          "the server's log says which claim is absent or breaks its rule: see docs/tokens.md";
      case AUDIENCE_MISMATCH ->
          "give client and server the same audience, letter by letter; a server that passes a call"
              + " on needs a credential of its own";
      case BINDING_REQUIRED -> "call over TLS, with a credential that is bound to it";
      case CHANNEL_MISMATCH ->
          "something between here and the server ends TLS: use bearerProofs() (or --bearer), or"
              + " list the balancer's certificate with acceptBalancerCertificate";
      case KEY_MISMATCH ->
          "the certificate shows a proof that was made for another key; nothing honest does that:"
              + " find out who sent it";
      case SENDER_MISMATCH ->
          "send the token over a connection with the client certificate that it is bound to; a"
              + " proxy that ends TLS in between takes the certificate away";
      case ATTESTATION_INVALID ->
          "both ends must speak attested TLS 1.3 with nothing in between that ends TLS";
      case CREDENTIAL_EXPIRED -> "get a new credential, and set the clocks of both ends by NTP";
      case CREDENTIAL_NOT_YET_VALID ->
          "set the clocks of both ends by NTP: the one that dated the credential is ahead";
      case TOO_MANY_LOOKUPS ->
          "wait as long as RetryInfo says; if it lasts, look for a client that makes a new"
              + " credential for each call, or raise the limits on look-ups";
      case ISSUER_REFUSED -> "get a new credential from its issuer";
      case ISSUER_UNAVAILABLE ->
          "the server cannot reach the credential's issuer in time: look at its route and its proxy"
              + " settings";
      case ISSUER_ANSWER_INVALID ->
          "what answers the server at the issuer's address is not the issuer: look for a proxy or a"
              + " captive portal";
      case CALLER_KIND_NOT_ACCEPTED ->
          "call as a role: users, root and federated users are never callers";
      case ACCOUNT_NOT_TRUSTED ->
          "list this account at the server (trustAccount, or serve --trust-account)";
      case METHOD_NOT_ALLOWED ->
          "the credential is valid, but the policy says no: ask 'rolecall policy explain', where"
              + " the server's policy is";
      case GRANT_REQUIRED ->
          "ask for access: 'rolecall access request PERMISSION --for 1h --reason TEXT'; the details"
              + " of the refusal name the permission";
      case GRANT_EXPIRED ->
          "ask for access again, and next time extend it before its end: 'rolecall access extend'";
      case GRANT_REVOKED ->
          "ask for access again; 'rolecall access grants --state revoked' lists yours, and 'rolecall"
              + " access grants GRANT' says who revoked it and why";
      case CALLER_LOCKED ->
          "the caller was locked: ask those who run the access service, who see it with 'rolecall"
              + " access locks'";
      case GRANTS_STALE ->
          "the server has no news of grants: it does not reach the access service, or that service"
              + " does not reach its database";
      case GUARD_CLOSED ->
          "the server is stopping; if it goes on serving, close its CallGuard after the server and"
              + " not before";
      case DEFECT -> "a defect of the server: its log says more; please report it";
    };
  }
}
