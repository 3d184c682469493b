package dev.rolecall.tests.endpoints;

import dev.rolecall.identity.Partition;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * An endpoint that answers as STS would.
 *
 * @param name what it is, for people
 * @param endpoint where it is
 * @param region the Region that requests to it are signed for
 * @param partition the partition it confirms callers of
 * @param credentials of a role's session, good there
 */
record JudgedSts(
    String name,
    URI endpoint,
    Region region,
    Partition partition,
    AwsCredentialsProvider credentials) {

  /** One that lets anybody assume any role, with a session of a role that it gave out. */
  static JudgedSts withAnAssumedRole(String name, URI endpoint) {
    try (StsClient sts =
        StsClient.builder()
            .httpClient(UrlConnectionHttpClient.create())
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
            .build()) {
      Credentials given =
          sts.assumeRole(
                  r ->
                      r.roleArn("arn:aws:iam::000000000000:role/checkout")
                          .roleSessionName("judged"))
              .credentials();
      return new JudgedSts(
          name,
          endpoint,
          Region.US_EAST_1,
          Partition.AWS,
          StaticCredentialsProvider.create(
              AwsSessionCredentials.create(
                  given.accessKeyId(), given.secretAccessKey(), given.sessionToken())));
    }
  }
}
