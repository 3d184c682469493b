package dev.rolecall.cli.scene;

import dev.rolecall.client.IamCallCredentials;
import dev.rolecall.identity.Partition;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.StsEmulator;
import dev.rolecall.verifier.StsVerifier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** The STS emulator of a scene, as servers ask it and callers sign for it. */
public final class SceneSts {

  /** The Region that the emulator stands for. */
  public static final String REGION = "us-east-1";

  private SceneSts() {}

  /** A scheme that has that emulator confirm callers. */
  public static StsVerifier verifier(StsEmulator sts, String audience) {
    return StsVerifier.forAudience(audience)
        .acceptCustomEndpoint(sts.endpoint(), REGION, Partition.AWS);
  }

  /** Proofs for that audience, made with those keys. */
  public static IamCallCredentials proofs(
      StsEmulator sts, EmulatedCredentials keys, String audience) {
    return IamCallCredentials.builder(audience)
        .credentialsProvider(StaticCredentialsProvider.create(keys(keys)))
        .endpoint(sts.endpoint(), Region.of(REGION))
        .build();
  }

  /** Keys as the AWS SDK has them. */
  public static AwsCredentials keys(EmulatedCredentials known) {
    return known
        .sessionToken()
        .<AwsCredentials>map(
            token ->
                AwsSessionCredentials.create(known.accessKeyId(), known.secretAccessKey(), token))
        .orElseGet(() -> AwsBasicCredentials.create(known.accessKeyId(), known.secretAccessKey()));
  }
}
