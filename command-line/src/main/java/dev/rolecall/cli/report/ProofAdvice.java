package dev.rolecall.cli.report;

import dev.rolecall.identity.RefusalReason;
import java.util.Optional;

/** Advice on refusals of proofs, which STS is asked about. */
final class ProofAdvice {

  private ProofAdvice() {}

  /** Empty where the advice is the same for every kind of credential. */
  static Optional<String> on(RefusalReason reason) {
    return Optional.ofNullable(
        switch (reason) {
          case CREDENTIAL_MALFORMED ->
              "send one Bearer value, unchanged; EKS tokens need acceptEksTokens() at the server";
          case ISSUER_NOT_ALLOWED ->
              "sign for the STS of a Region that the server accepts, or have it accept this one"
                  + " (acceptRegions, acceptCustomEndpoint; serve --sts-region, --sts)";
          case AUDIENCE_MISMATCH ->
              "give client and server the same audience, letter by letter; a call that a server"
                  + " passes on needs a proof of that server's own";
          case BINDING_REQUIRED ->
              "drop bearerProofs() (or --bearer) at the client, or requireChannelBinding() at the"
                  + " server";
          case CREDENTIAL_EXPIRED ->
              "set the clocks of both ends by NTP; a printed proof is valid for 15 minutes";
          case CREDENTIAL_NOT_YET_VALID -> "set the clocks of both ends by NTP: this one is ahead";
          case TOO_MANY_LOOKUPS ->
              "wait as long as RetryInfo says; if it lasts, look for a client that signs a proof"
                  + " for each call, or raise the limits on look-ups";
          case ISSUER_REFUSED ->
              "the credentials have expired, were revoked, or are not what the signature was made"
                  + " with: see 'identity' and 'clock' of 'rolecall doctor'";
          case ISSUER_UNAVAILABLE ->
              "the server cannot reach STS in time: look at its route or VPC endpoint to the"
                  + " Region's STS, and at its proxy settings";
          case ISSUER_ANSWER_INVALID ->
              "what answers the server at STS's address is not STS: look for a proxy or a captive"
                  + " portal";
          case METHOD_NOT_ALLOWED ->
              "the proof is valid, but the policy says no: ask 'rolecall policy explain', where the"
                  + " server's policy is";
          default -> null;
        });
  }
}
