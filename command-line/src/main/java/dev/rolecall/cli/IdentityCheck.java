package dev.rolecall.cli;

import java.net.URI;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;

/** Who the credentials are, asked of STS as the AWS CLI does ({@code sts get-caller-identity}). */
final class IdentityCheck {

  static final String NAME = "identity";

  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

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

  private static Finding refused(String code) {
    String found = "STS refuses the credentials: " + (SAFE.matcher(code).matches() ? code : "?");
    return switch (code) {
      case "ExpiredToken", "ExpiredTokenException" ->
          Finding.wrong(NAME, found, "the session is over: get new ones, as by 'aws sso login'");
      case "InvalidClientTokenId", "UnrecognizedClientException" ->
          Finding.wrong(
              NAME,
              found,
              "no such key in this partition: it was deleted, is another partition's, or its"
                  + " session token is missing");
      case "SignatureDoesNotMatch", "IncompleteSignature" ->
          Finding.wrong(
              NAME,
              found,
              "the secret key is not that of the key id, or the clock is far off: set all parts of"
                  + " the credentials anew");
      case "RequestExpired" ->
          Finding.wrong(NAME, found, "set this machine's clock by NTP; see 'clock'");
      case "AccessDenied" ->
          Finding.wrong(NAME, found, "a VPC endpoint policy or SCP denies it; no grant is needed");
      default -> Finding.unknown(NAME, found, "try again; if it lasts, look the code up at AWS");
    };
  }
}
