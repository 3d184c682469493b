package dev.rolecall.client;

import static java.util.Objects.requireNonNull;

import dev.rolecall.proof.CallerProof;
import dev.rolecall.proof.ProofBinding;
import dev.rolecall.renewal.BoundedLoad;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;

/**
 * The way to a new proof, in order: endpoint, credentials, signature, life. Blocks, and for
 * credentials no longer than its patience.
 */
final class ProofSigning implements AutoCloseable {

  private final StsTargetSource targets;
  private final SigningCredentials credentials;
  private final Presigner presigner;
  private final Duration renewalMargin;
  private final BoundedLoad<AwsCredentialsIdentity> loads;
  private volatile boolean loadedBefore;
  private volatile boolean closed;

  ProofSigning(
      StsTargetSource targets,
      SigningCredentials credentials,
      Presigner presigner,
      Duration renewalMargin,
      Duration patience) {
    this.targets = requireNonNull(targets, "targets");
    this.credentials = requireNonNull(credentials, "credentials");
    this.presigner = requireNonNull(presigner, "presigner");
    this.renewalMargin = requireNonNull(renewalMargin, "renewalMargin");
    this.loads = new BoundedLoad<>(patience);
  }

  /**
   * A new proof with that binding.
   *
   * @throws ProofUnavailableException if none can be had
   */
  SignedProof sign(ProofBinding binding) {
    if (closed) {
      throw ProofFailure.closed();
    }
    StsTarget target = targets.get();
    AwsCredentialsIdentity identity = identity(target);
    CallerProof proof = presigner.sign(identity, target, binding);
    return SignedProof.of(proof, identity.expirationTime(), renewalMargin);
  }

  private AwsCredentialsIdentity identity(StsTarget target) {
    AwsCredentialsIdentity identity = loaded(target);
    if (isAnonymous(identity)) {
      throw ProofFailure.anonymous(credentials.tried());
    }
    loadedBefore = true;
    return identity;
  }

  private AwsCredentialsIdentity loaded(StsTarget target) {
    try {
      // AWS's own providers block until they have something; another's future need never be done.
      IdentityProvider<? extends AwsCredentialsIdentity> provider = credentials.providerFor(target);
      return loads.get(provider::resolveIdentity);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof Error defect) {
        throw defect;
      }
      if (cause instanceof ProofUnavailableException known) {
        throw known;
      }
      throw notLoaded(cause == null ? e : cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw notLoaded(e);
    } catch (ProofUnavailableException e) {
      throw e;
    } catch (TimeoutException | RuntimeException e) {
      throw notLoaded(e);
    }
  }

  private ProofUnavailableException notLoaded(Throwable thrown) {
    return closed
        ? ProofFailure.closed()
        : ProofFailure.notLoaded(thrown, credentials.tried(), credentials.attempts(), loadedBefore);
  }

  /** The SDK's anonymous credentials have no keys, whatever their types promise. */
  private static boolean isAnonymous(@Nullable AwsCredentialsIdentity identity) {
    return identity == null || isAbsent(identity.accessKeyId());
  }

  private static boolean isAbsent(@Nullable String key) {
    return key == null || key.isBlank();
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
    credentials.close();
  }
}
