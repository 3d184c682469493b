package dev.rolecall.tls;

import static java.util.Objects.requireNonNull;

import dev.rolecall.client.ProofSource;
import dev.rolecall.identity.Audience;
import dev.rolecall.verifier.CallerVerifier;
import io.opentelemetry.api.OpenTelemetry;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.regions.Region;

/**
 * What an end attests itself with, and how it verifies the other: the options that clients and
 * servers share.
 *
 * @param <B> the builder itself
 */
public abstract sealed class AttestationOptions<B extends AttestationOptions<B>>
    permits AttestedServer.Builder, AttestedChannel.Builder {

  private final Audience audience;
  private final ProofSource.Builder signing;
  private @Nullable CallerVerifier verifier;
  private @Nullable ScheduledExecutorService scheduler;
  private OpenTelemetry telemetry = OpenTelemetry.noop();
  private Clock clock = Clock.systemUTC();
  private final LongSupplier ticker = System::nanoTime;
  private RandomGenerator stagger = new SecureRandom();

  AttestationOptions(Audience audience) {
    this.audience = requireNonNull(audience, "audience");
    this.signing = ProofSource.builder(audience);
  }

  abstract B self();

  /**
   * The AWS credentials to attest with, as {@link ProofSource.Builder#credentialsProvider}: by
   * default the SDK's default chain. Asked by {@code start()} on its own thread, and later on the
   * scheduler's, so it may block.
   */
  public final B credentialsProvider(IdentityProvider<? extends AwsCredentialsIdentity> provider) {
    signing.credentialsProvider(provider);
    return self();
  }

  /** The Region whose STS the other end is to ask, as {@link ProofSource.Builder#region}. */
  public final B region(Region region) {
    signing.region(region);
    return self();
  }

  /**
   * A custom STS endpoint that the other end is to ask, as {@link ProofSource.Builder#endpoint}.
   * The other end's verifier must accept it; so must {@link #verifier} here, where the other end
   * uses it too.
   */
  public final B endpoint(URI endpoint, Region region) {
    signing.endpoint(endpoint, region);
    return self();
  }

  /**
   * Assumes that role first and attests as it, as {@link ProofSource.Builder#assumeRole(String)}.
   */
  public final B assumeRole(String roleArn) {
    signing.assumeRole(roleArn);
    return self();
  }

  /**
   * Assumes that role first and attests as it, as {@link ProofSource.Builder#assumeRole(String,
   * String)}.
   */
  public final B assumeRole(String roleArn, String sessionName) {
    signing.assumeRole(roleArn, sessionName);
    return self();
  }

  /**
   * What verifies the other end. It must have been built for the same audience; it stays its
   * maker's, and is not closed here. Default: one of its own, of the defaults of {@link
   * CallerVerifier#builder}.
   */
  public final B verifier(CallerVerifier verifier) {
    this.verifier = requireNonNull(verifier, "verifier");
    return self();
  }

  /**
   * Where metrics go: nowhere by default. Those of this end's proofs and certificates, of the
   * verifier made here, and of a server's guard; a verifier given with {@link #verifier} has its
   * own.
   */
  public final B openTelemetry(OpenTelemetry telemetry) {
    this.telemetry = requireNonNull(telemetry, "telemetry");
    signing.openTelemetry(telemetry);
    return self();
  }

  /** The clock that dates attestations and judges the other end's. Default: the system's. */
  public final B clock(Clock clock) {
    this.clock = requireNonNull(clock, "clock");
    signing.clock(clock);
    return self();
  }

  /**
   * Where attestations are renewed: a task a second that does nothing most of the time, and blocks
   * while AWS credentials are loaded. Default: one daemon thread of its own. One given here is left
   * running.
   */
  public final B scheduler(ScheduledExecutorService scheduler) {
    this.scheduler = requireNonNull(scheduler, "scheduler");
    return self();
  }

  /** Draws how much earlier than two thirds into its life an attestation is renewed. */
  final B stagger(RandomGenerator stagger) {
    this.stagger = stagger;
    return self();
  }

  final Clock clock() {
    return clock;
  }

  /** Elapsed time, in nanoseconds, which no one sets back. */
  final LongSupplier ticker() {
    return ticker;
  }

  final OpenTelemetry telemetry() {
    return telemetry;
  }

  /** The verifier of the other end, among what is to be closed if it is made here. */
  final CallerVerifier newVerifier(Closing closing) {
    CallerVerifier given = verifier;
    return given != null
        ? given
        : closing.add(
            CallerVerifier.builder(audience).clock(clock).openTelemetry(telemetry).build());
  }

  /**
   * Makes the first attestation on this thread.
   *
   * @throws dev.rolecall.client.ProofUnavailableException if there is no proof to be had
   */
  final OwnAttestation newAttestation(
      CallerVerifier peers, List<HostName> hostNames, Closing closing) {
    ProofSource proofs = closing.add(signing.build());
    AttestationMaker maker = new AttestationMaker(proofs, hostNames, new SecureRandom());
    ScheduledExecutorService timer =
        Optional.ofNullable(scheduler).orElseGet(() -> closing.newScheduler());
    AttestationRenewals renewals = new AttestationRenewals(telemetry);
    OwnAttestation own =
        closing.add(OwnAttestation.start(maker, peers, clock, ticker, stagger, renewals, timer));
    VerifierFit.require(peers, own.current(), audience);
    return own;
  }
}
