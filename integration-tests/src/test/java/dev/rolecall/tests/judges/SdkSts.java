package dev.rolecall.tests.judges;

import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.StsEmulator;
import dev.rolecall.tests.fixture.SecretsWatch;
import dev.rolecall.tests.secrets.RunRecord;
import java.util.ArrayDeque;
import java.util.Deque;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** AWS's own STS clients, pointed at one emulator, and closed with this object. */
final class SdkSts implements AutoCloseable {

  /** How often the SDK's standard strategy tries in all. */
  static final int ATTEMPTS = 3;

  private final StsEmulator emulator;
  private final Deque<StsClient> clients = new ArrayDeque<>();

  SdkSts(StsEmulator emulator) {
    this.emulator = emulator;
  }

  /** A client that signs as whoever these credentials are of. */
  StsClient signingAs(EmulatedCredentials credentials) {
    return signingWith(StaticCredentialsProvider.create(awsCredentials(credentials)));
  }

  /** A client that does not sign. */
  StsClient unsigned() {
    return signingWith(AnonymousCredentialsProvider.create());
  }

  StsClient signingWith(AwsCredentialsProvider credentials) {
    StsClient client =
        StsClient.builder()
            .httpClient(UrlConnectionHttpClient.create())
            .endpointOverride(emulator.endpoint())
            .region(Region.EU_WEST_1)
            .credentialsProvider(credentials)
            .overrideConfiguration(settings -> settings.retryStrategy(withoutPauses()))
            .build();
    clients.push(client);
    return client;
  }

  /** What the SDK retries is its own decision; only the pauses in between are left out. */
  private static StandardRetryStrategy withoutPauses() {
    return AwsRetryStrategy.standardRetryStrategy().toBuilder()
        .maxAttempts(ATTEMPTS)
        .backoffStrategy(BackoffStrategy.retryImmediately())
        .throttlingBackoffStrategy(BackoffStrategy.retryImmediately())
        .build();
  }

  static AwsCredentials awsCredentials(EmulatedCredentials credentials) {
    new SecretsWatch(RunRecord.ofThisRun()).addSecretsOf(credentials);
    return credentials
        .sessionToken()
        .<AwsCredentials>map(
            token ->
                AwsSessionCredentials.create(
                    credentials.accessKeyId(), credentials.secretAccessKey(), token))
        .orElseGet(
            () ->
                AwsBasicCredentials.create(
                    credentials.accessKeyId(), credentials.secretAccessKey()));
  }

  static AwsCredentialsProvider providerOf(Credentials issued) {
    return StaticCredentialsProvider.create(
        AwsSessionCredentials.create(
            issued.accessKeyId(), issued.secretAccessKey(), issued.sessionToken()));
  }

  @Override
  public void close() {
    clients.forEach(StsClient::close);
  }
}
