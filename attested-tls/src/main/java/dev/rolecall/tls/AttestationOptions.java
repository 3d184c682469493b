package dev.rolecall.tls;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.lookup.CallerLookup;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.client.ProofSource;
import dev.rolecall.identity.Audience;
import dev.rolecall.tls.internal.certificate.DnsName;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.regions.Region;

/**
 * The options that clients and servers share: the credentials and the STS that an end attests
 * itself with.
 *
 * @param <B> the builder itself
 */
public abstract sealed class AttestationOptions<B extends AttestationOptions<B>>
    permits AttestedServerBuilder, AttestedChannel.Builder {

  private final Audience audience;
  private final ProofSource.Builder signing;
  private @Nullable ScheduledExecutorService scheduler;
  private RandomGenerator stagger = new SecureRandom();
  private Consumer<LocalCertificate> onCertificate = made -> {};

  AttestationOptions(Audience audience) {
    this.audience = requireNonNull(audience, "audience");
    this.signing = ProofSource.builder(audience);
  }

  abstract B self();

  /**
   * The AWS credentials to attest with, as {@link ProofSource.Builder#credentialsProvider}: by
   * default the SDK's default chain. The provider may block: the thread that starts the end asks it
   * first, and the scheduler's thread later.
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
   * The verifiers of both ends must accept it, where both use it.
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
   * The thread on which attestations are renewed: a task a second that does nothing most of the
   * time, and blocks while AWS credentials are loaded. Default: one daemon thread. One given here
   * is left running.
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

  /** Hands on each certificate that is made, for tests that wait for its renewals. */
  final B onCertificate(Consumer<LocalCertificate> observer) {
    this.onCertificate = observer;
    return self();
  }

  /** The audience of both ends. */
  final Audience audience() {
    return audience;
  }

  /**
   * Makes the first attestation on this thread.
   *
   * @param peers finds out who the other ends are
   * @param runtime dates attestations, and counts
   * @throws dev.rolecall.client.ProofUnavailableException if there is no proof to be had
   */
  final LocalCertificate newAttestation(
      CallerLookup peers, AccessRuntime runtime, List<DnsName> hostNames, Resources resources) {
    ProofSource proofs =
        resources.add(
            signing.clock(runtime.clock()).openTelemetry(runtime.telemetry()).build(),
            ProofSource::close);
    AttestationMaker maker = new AttestationMaker(proofs, hostNames, new SecureRandom());
    ScheduledExecutorService timer =
        Optional.ofNullable(scheduler).orElseGet(resources::newScheduler);
    LocalCertificate own =
        resources.add(
            LocalCertificate.start(maker, peers, runtime, stagger, timer), LocalCertificate::close);
    VerifierFit.require(peers, own.current(), audience);
    onCertificate.accept(own);
    return own;
  }
}
