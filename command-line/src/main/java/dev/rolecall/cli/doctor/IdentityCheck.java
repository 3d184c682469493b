package dev.rolecall.cli.doctor;

import dev.rolecall.proof.StsError;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * A check of the identity of the credentials. It asks STS, as {@code aws sts get-caller-identity}
 * does.
 */
final class IdentityCheck {

  static final String NAME = "identity";

  private final IdentityProvider<? extends AwsCredentialsIdentity> credentials;
  private final Region region;
  private final URI endpoint;

  IdentityCheck(
      IdentityProvider<? extends AwsCredentialsIdentity> credentials, Region region, URI endpoint) {
    this.credentials = credentials;
    this.region = region;
    this.endpoint = endpoint;
  }

  /** Asks; blocks for the answer. */
  Finding finding() {
    try (StsClient sts =
        StsClient.builder()
            .credentialsProvider(credentials)
            .region(region)
            .endpointOverride(endpoint)
            .fipsEnabled(false)
            .dualstackEnabled(false)
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build()) {
      return of(sts.getCallerIdentity().arn());
    } catch (AwsServiceException e) {
      // Never its message: STS echoes the session token in SignatureDoesNotMatch.
      return refused(
          e.awsErrorDetails() == null ? "" : String.valueOf(e.awsErrorDetails().errorCode()));
    } catch (SdkClientException e) {
      return Finding.unknown(NAME, "STS could not be asked", "see 'sts'");
    }
  }

  private static Finding of(String arn) {
    return arn.contains(":assumed-role/")
        ? Finding.ok(NAME, arn)
        : Finding.wrong(
            NAME,
            arn + " is not a role",
            "assume a role (--assume-role, or role_arn in the profile): callers are roles, and"
                + " users, root and federated users are refused");
  }

  private static Finding refused(String written) {
    Optional<String> code = StsError.code(written);
    String found = "STS refuses the credentials: " + code.orElse("?");
    return switch (StsError.of(code.orElse(""))) {
      case EXPIRED_TOKEN ->
          Finding.wrong(NAME, found, "the session is over: get new ones, as by 'aws sso login'");
      case INVALID_CLIENT_TOKEN_ID ->
          Finding.wrong(
              NAME,
              found,
              "no such key in this partition: it was deleted, is another partition's, or its"
                  + " session token is missing");
      case SIGNATURE_DOES_NOT_MATCH, INCOMPLETE_SIGNATURE, MISSING_AUTHENTICATION_TOKEN ->
          Finding.wrong(
              NAME,
              found,
              "the secret key is not that of the key id, or the clock is far off: set all parts of"
                  + " the credentials anew");
      case REQUEST_EXPIRED ->
          Finding.wrong(NAME, found, "set this machine's clock by NTP; see 'clock'");
      case ACCESS_DENIED ->
          Finding.wrong(NAME, found, "a VPC endpoint policy or SCP denies it; no grant is needed");
      case OPT_IN_REQUIRED ->
          Finding.wrong(
              NAME, found, "the account may not use STS in this Region: enable it, or use another");
      case THROTTLING, INTERNAL_FAILURE, SERVICE_UNAVAILABLE ->
          Finding.unknown(NAME, "STS did not answer: " + code.orElse("?"), "try again in a moment");
      case VALIDATION_ERROR, OTHER ->
          Finding.unknown(NAME, found, "try again; if it lasts, look the code up at AWS");
    };
  }
}
