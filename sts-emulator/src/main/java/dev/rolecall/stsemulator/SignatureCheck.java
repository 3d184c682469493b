package dev.rolecall.stsemulator;

import dev.rolecall.stsemulator.internal.answer.StsRefusal;
import dev.rolecall.stsemulator.internal.sigv4.ClaimReading;
import dev.rolecall.stsemulator.internal.sigv4.ClaimReading.Claimed;
import dev.rolecall.stsemulator.internal.sigv4.CredentialScope;
import dev.rolecall.stsemulator.internal.sigv4.ExpectedSignature;
import dev.rolecall.stsemulator.internal.sigv4.RawRequest;
import dev.rolecall.stsemulator.internal.sigv4.SignatureClaim;
import dev.rolecall.stsemulator.internal.sigv4.SigningRules;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the credentials that signed a request, or refuses it as STS does.
 *
 * <p>{@code X-Amz-Expires} is ignored, as STS ignores it: a signature always lives 15 minutes. A
 * replay is accepted, as STS accepts it.
 *
 * <p>Unlike STS, whose order of checks is not documented, the order is always: form, key, session
 * token, session end, scope, date, signature. The five minutes ahead are what other AWS services
 * were seen to allow; for STS the figure is not known.
 */
final class SignatureCheck {

  private static final Duration LIFE = Duration.ofMinutes(15);
  private static final Duration SKEW = Duration.ofMinutes(5);
  private static final String SERVICE = "sts";
  private static final String REGION_FORM = "[a-z]{2,8}(?:-[a-z]{1,16}){1,4}-[0-9]{1,2}";

  private final PrincipalDirectory directory;
  private final Set<String> regions;

  /**
   * A check.
   *
   * @param regions the regions a request may be signed for; empty for all
   */
  SignatureCheck(PrincipalDirectory directory, Set<String> regions) {
    this.directory = directory;
    this.regions = Set.copyOf(regions);
  }

  static boolean isRegion(String text) {
    return text.matches(REGION_FORM);
  }

  Signer signerOf(RawRequest request, Instant now) throws StsRefusal {
    SignatureClaim claim = claimOf(request);
    EmulatedCredentials signer =
        directory
            .find(claim.accessKeyId())
            .filter(credentials -> credentials.hasSessionToken(claim.sessionToken()))
            .orElseThrow(StsRefusal::unknownCredentials);
    if (signer.hasEndedAt(now)) {
      throw StsRefusal.sessionEnded();
    }
    checkScope(claim);
    checkDate(claim, now.truncatedTo(ChronoUnit.SECONDS));
    checkHeaders(claim, request);
    ExpectedSignature expected = ExpectedSignature.of(request, claim, SigningRules.USUAL);
    if (!expected.isMetUnder(signer.secretAccessKey())) {
      throw mismatch(expected);
    }
    return new Signer(signer, claim.scope().region());
  }

  private static SignatureClaim claimOf(RawRequest request) throws StsRefusal {
    ClaimReading reading = ClaimReading.of(request);
    Optional<StsRefusal> refusal =
        reading.fold(
            claimed -> Optional.empty(),
            incomplete -> Optional.of(StsRefusal.incompleteSignature(incomplete.reason())),
            unsigned -> Optional.of(StsRefusal.unsigned()));
    if (refusal.isPresent()) {
      throw refusal.get();
    }
    return ((Claimed) reading).claim();
  }

  private void checkScope(SignatureClaim claim) throws StsRefusal {
    CredentialScope scope = claim.scope();
    boolean served =
        regions.isEmpty() ? isRegion(scope.region()) : regions.contains(scope.region());
    if (!served) {
      throw StsRefusal.badSignature(
          "Credential should be scoped to a valid region, not '" + scope.region() + "'. ");
    }
    if (!scope.service().equals(SERVICE)) {
      throw StsRefusal.badSignature("Credential should be scoped to correct service: 'sts'. ");
    }
    if (!scope.terminator().equals(CredentialScope.TERMINATOR)) {
      throw StsRefusal.badSignature(
          "Credential should be scoped with a valid terminator: 'aws4_request', not '"
              + scope.terminator()
              + "'. ");
    }
    String day = claim.amzDate().substring(0, 8);
    if (!scope.date().equals(day)) {
      throw StsRefusal.badSignature(
          "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from"
              + " HTTP: '%s' != '%s', from '%s'.".formatted(scope.date(), day, claim.amzDate()));
    }
  }

  private static void checkDate(SignatureClaim claim, Instant now) throws StsRefusal {
    if (claim.signedAt().isBefore(now.minus(LIFE))) {
      throw StsRefusal.signatureExpired(claim.amzDate(), now, LIFE);
    }
    if (claim.signedAt().isAfter(now.plus(SKEW))) {
      throw StsRefusal.signatureOfTheFuture(claim.amzDate(), now, SKEW);
    }
  }

  /**
   * A header that is said to be signed must be there, or its absence would pass for an empty value.
   * Unlike S3, STS is not known to insist that every X-Amz header is signed.
   */
  private static void checkHeaders(SignatureClaim claim, RawRequest request) throws StsRefusal {
    if (!claim.signedHeaders().contains("host")) {
      throw StsRefusal.badSignature(
          "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
    }
    for (String name : claim.signedHeaders()) {
      if (request.header(name).isEmpty()) {
        throw StsRefusal.badSignature("The signed header '" + name + "' is not in the request.");
      }
    }
  }

  /** STS echoes what it computed, session token and all; so a verifier must never pass it on. */
  private static StsRefusal mismatch(ExpectedSignature expected) {
    return StsRefusal.badSignature(
        "The request signature we calculated does not match the signature you provided. Check your"
            + " AWS Secret Access Key and signing method. Consult the service documentation for"
            + " details.\n\nThe Canonical String for this request should have been\n'"
            + expected.canonicalRequest()
            + "'\n\nThe String-to-Sign should have been\n'"
            + expected.stringToSign()
            + "'\n");
  }
}
