package dev.rolecall.client;

import static java.util.Objects.requireNonNull;

import dev.rolecall.client.internal.AssumedRole;
import dev.rolecall.renewal.BoundedLoad;
import dev.rolecall.renewal.RenewalCounter;
import dev.rolecall.renewal.RenewalTiming;
import io.opentelemetry.api.OpenTelemetry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.regions.Region;

/**
 * The options of everything that proves an IAM role: the AWS credentials to sign with, the STS
 * endpoint, time and metrics.
 *
 * @param <B> the builder itself
 */
public abstract sealed class AwsOptions<B extends AwsOptions<B>>
    permits SigningOptions, WebIdentityCallCredentials.Builder {

  private final String audienceName;
  private @Nullable IdentityProvider<? extends AwsCredentialsIdentity> provider;
  private @Nullable Region regional;
  private @Nullable StsTarget custom;
  private @Nullable AssumedRole role;
  private OpenTelemetry telemetry = OpenTelemetry.noop();
  private Duration patience = BoundedLoad.PATIENCE;
  private RenewalTiming timing =
      new RenewalTiming(
          Clock.systemUTC(), System::nanoTime, () -> ThreadLocalRandom.current().nextDouble());

  /**
   * Options with their defaults.
   *
   * @param audienceName names the session of a role that is assumed
   */
  AwsOptions(String audienceName) {
    this.audienceName = audienceName;
  }

  abstract B self();

  /**
   * The AWS credentials to sign with. Stays the caller's: it is not closed here. Default: the SDK's
   * default chain (system properties, environment, web identity token, profile, container, instance
   * metadata), made and closed here.
   *
   * @param provider asked on a separate thread, so it may block; a call waits for it ten seconds at
   *     most, and fails with UNAVAILABLE then, while the provider goes on
   */
  public final B credentialsProvider(IdentityProvider<? extends AwsCredentialsIdentity> provider) {
    this.provider = requireNonNull(provider, "provider");
    return self();
  }

  /**
   * The Region whose STS endpoint a request is signed for: the FIPS or dual-stack one where {@code
   * AWS_USE_FIPS_ENDPOINT} or {@code AWS_USE_DUALSTACK_ENDPOINT} is true. Default: as {@link
   * StsSettings} has it, asked with the first proof.
   *
   * @throws IllegalArgumentException if it is no Region's name; a pseudo-Region such as {@code
   *     aws-global} is not one
   */
  public final B region(Region region) {
    var unused = StsTarget.of(requireNonNull(region, "region"));
    this.regional = region;
    return self();
  }

  /**
   * A custom STS endpoint: an emulator, a VPC endpoint, a FIPS or dual-stack name. A server that
   * verifies proofs must know it by the same host and port. Wins over every setting outside the
   * code. Default: as {@link StsSettings} has it. Excludes {@link #region}.
   *
   * @param endpoint {@code https://host[:port]}, or {@code http} for {@code localhost} and {@code
   *     127.0.0.0/8}; nothing else in it
   * @param region the Region it signs for
   * @throws IllegalArgumentException if the endpoint or Region breaks its rule
   */
  public final B endpoint(URI endpoint, Region region) {
    this.custom =
        StsTarget.of(requireNonNull(endpoint, "endpoint"), requireNonNull(region, "region"));
    return self();
  }

  /**
   * Assumes that role first and signs as it, in a session called {@code rolecall-} and the
   * audience, cut at 64 characters.
   *
   * @param roleArn {@code arn:{partition}:iam::{account}:role/{path/}{name}}
   * @throws IllegalArgumentException if it is not the ARN of one IAM role
   */
  public final B assumeRole(String roleArn) {
    this.role = AssumedRole.of(requireNonNull(roleArn, "roleArn"), audienceName);
    return self();
  }

  /**
   * Assumes that role first and signs as it. STS is asked at the endpoint that is signed for, and
   * again before the role's hour is over.
   *
   * @param roleArn {@code arn:{partition}:iam::{account}:role/{path/}{name}}
   * @param sessionName 2 to 64 characters of {@code [A-Za-z0-9_+=,.@-]}, as AssumeRole has it; not
   *     a secret
   * @throws IllegalArgumentException if one of them breaks its rule
   */
  public final B assumeRole(String roleArn, String sessionName) {
    this.role =
        new AssumedRole(
            requireNonNull(roleArn, "roleArn"), requireNonNull(sessionName, "sessionName"));
    return self();
  }

  /**
   * Where metrics go: nowhere by default. {@code rolecall.client.renewals} counts the attempts to
   * make a proof or a token, by result.
   */
  public final B openTelemetry(OpenTelemetry telemetry) {
    this.telemetry = requireNonNull(telemetry, "telemetry");
    return self();
  }

  /** The clock that dates signatures and ages proofs and tokens. Default: the system's. */
  public final B clock(Clock clock) {
    timing = timing.withClock(requireNonNull(clock, "clock"));
    return self();
  }

  /** Elapsed nanoseconds, for the pause after a failure. */
  final B ticker(LongSupplier ticker) {
    timing = timing.withTicker(ticker);
    return self();
  }

  /** The longest time that a caller waits for the credentials to load. */
  final B patience(Duration patience) {
    this.patience = patience;
    return self();
  }

  /** Numbers from 0 to 1, for the jitter of that pause. */
  final B random(DoubleSupplier random) {
    timing = timing.withRandom(random);
    return self();
  }

  final RenewalTiming timing() {
    return timing;
  }

  final Duration patience() {
    return patience;
  }

  final RenewalCounter renewals() {
    return new RenewalCounter(
        telemetry
            .getMeter("rolecall")
            .counterBuilder("rolecall.client.renewals")
            .setDescription("Attempts to make a caller proof, the first or a new one, by result.")
            .build(),
        System.getLogger("rolecall.client"));
  }

  /**
   * The loading of AWS credentials by these options.
   *
   * @throws IllegalStateException if two options contradict each other; the message names them
   */
  final CredentialsLoading loading() {
    if (regional != null && custom != null) {
      throw new IllegalStateException("region and endpoint: both set (expected: at most one)");
    }
    return new CredentialsLoading(targets(), credentials(), patience);
  }

  private StsTargetSource targets() {
    if (custom != null) {
      return StsTargetSource.of(custom);
    }
    StsSettings settings = StsSettings.ofThisProcess();
    return regional != null ? StsTargetSource.of(regional, settings) : StsTargetSource.of(settings);
  }

  private SigningCredentials credentials() {
    SigningCredentials base =
        provider != null ? SigningCredentials.given(provider) : new DefaultCredentials(patience);
    return role != null ? new AssumedRoleCredentials(role, base) : base;
  }
}
