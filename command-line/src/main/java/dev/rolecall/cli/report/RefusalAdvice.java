package dev.rolecall.cli.report;

import dev.rolecall.identity.RefusalReason;

/** Advice on each refusal, in a sentence or two. The page docs/troubleshooting.md says more. */
public final class RefusalAdvice {

  private RefusalAdvice() {}

  public static String on(RefusalReason reason) {
    return switch (reason) {
      case CREDENTIAL_MISSING ->
          "attach IamCallCredentials to the stub; a proxy on the way may drop the authorization"
              + " header";
      case CREDENTIAL_MALFORMED ->
          "send one Bearer value, unchanged; EKS tokens need acceptEksTokens() at the server";
      case CREDENTIALS_AMBIGUOUS ->
          "send one authorization value: two interceptors, or an interceptor and the stub's"
              + " credentials, each set one";
      case CREDENTIAL_KIND_WRONG ->
          "send an access token for this server: an ID token, a refresh token or a token of another"
              + " type proves nothing here";
      case CREDENTIAL_INACTIVE ->
          "get a new credential: this one was withdrawn, or its issuer says that it is not active";
      case ISSUER_NOT_ALLOWED ->
          "sign for the STS of a Region that the server accepts, or have it accept this one"
              + " (acceptRegions, acceptCustomEndpoint; serve --sts-region, --sts)";
      case KEY_UNKNOWN ->
          "the token is signed with a key that its issuer does not publish: compare the issuer's"
              + " key set with the token's kid";
      case SIGNATURE_INVALID ->
          "the token was changed, or another issuer signed it: get a new one from the issuer";
      case CLAIM_INVALID ->
          "the server's log says which claim is absent or breaks its rule: see docs/tokens.md";
      case AUDIENCE_MISMATCH ->
          "give client and server the same audience, letter by letter; a call that a server passes"
              + " on needs a proof of that server's own";
      case BINDING_REQUIRED ->
          "drop bearerProofs() (or --bearer) at the client, or requireChannelBinding() at the"
              + " server; an API key needs TLS";
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
      case CREDENTIAL_EXPIRED ->
          "set the clocks of both ends by NTP; a printed token is valid for 15 minutes";
      case CREDENTIAL_NOT_YET_VALID -> "set the clocks of both ends by NTP: this one is ahead";
      case TOO_MANY_LOOKUPS ->
          "wait as long as RetryInfo says; if it lasts, look for a client that signs a proof for"
              + " each call, or raise the limits on look-ups";
      case ISSUER_REFUSED ->
          "the credentials have expired, were revoked, or are not what the signature was made"
              + " with: see 'identity' and 'clock' of 'rolecall doctor'";
      case ISSUER_UNAVAILABLE ->
          "the server cannot reach STS in time: look at its route or VPC endpoint to the Region's"
              + " STS, and at its proxy settings";
      case ISSUER_ANSWER_INVALID ->
          "what answers the server at STS's address is not STS: look for a proxy or a captive"
              + " portal";
      case CALLER_KIND_NOT_ACCEPTED ->
          "call as a role: users, root and federated users are never callers";
      case ACCOUNT_NOT_TRUSTED ->
          "list this account at the server (trustAccount, or serve --trust-account)";
      case METHOD_NOT_ALLOWED ->
          "the proof is valid, but the policy says no: ask 'rolecall policy explain', where the"
              + " server's policy is";
      case GUARD_CLOSED ->
          "the server is stopping; if it goes on serving, close its CallGuard after the server and"
              + " not before";
      case DEFECT -> "a defect of the server: its log says more; please report it";
    };
  }
}
