package dev.rolecall.stsemulator.internal.sigv4;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.util.HexFormat;

/**
 * The signature that a request with that claim must have. Immutable. Its texts hold the content of
 * the request, session token included: {@code toString} masks them.
 */
public final class ExpectedSignature {

  private final SignatureClaim claim;
  private final String canonicalRequest;
  private final String stringToSign;

  private ExpectedSignature(SignatureClaim claim, String canonicalRequest, String stringToSign) {
    this.claim = claim;
    this.canonicalRequest = canonicalRequest;
    this.stringToSign = stringToSign;
  }

  /**
   * Makes the request canonical (SigV4, step 1) and writes the string to sign (steps 2 and 3).
   *
   * @param request the request
   * @param claim the claim read from that request
   * @param rules how the service makes requests canonical
   */
  public static ExpectedSignature of(RawRequest request, SignatureClaim claim, SigningRules rules) {
    requireNonNull(request, "request");
    requireNonNull(claim, "claim");
    requireNonNull(rules, "rules");
    String canonical = CanonicalRequest.of(request, claim, rules);
    String stringToSign =
        String.join(
            "\n",
            "AWS4-HMAC-SHA256",
            claim.amzDate(),
            claim.scope().toString(),
            Sha256.hex(canonical.getBytes(UTF_8)));
    return new ExpectedSignature(claim, canonical, stringToSign);
  }

  /** The canonical request. */
  public String canonicalRequest() {
    return canonicalRequest;
  }

  /** The string to sign. */
  public String stringToSign() {
    return stringToSign;
  }

  /** The signature under that secret access key, in 64 lower-case hexadecimal digits (step 4). */
  public String under(String secretAccessKey) {
    CredentialScope scope = claim.scope();
    byte[] key = ("AWS4" + secretAccessKey).getBytes(UTF_8);
    key = Sha256.hmac(key, scope.date());
    key = Sha256.hmac(key, scope.region());
    key = Sha256.hmac(key, scope.service());
    key = Sha256.hmac(key, scope.terminator());
    return HexFormat.of().formatHex(Sha256.hmac(key, stringToSign));
  }

  /** Whether the request's own signature is the one under that key; compares in constant time. */
  public boolean isMetUnder(String secretAccessKey) {
    return claim.carries(under(secretAccessKey));
  }

  @Override
  public String toString() {
    return "ExpectedSignature[****]";
  }
}
