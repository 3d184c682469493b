package dev.rolecall.client;

import static java.util.Objects.requireNonNull;

import dev.rolecall.renewal.BoundedLoad;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;

/**
 * Finds the STS endpoint and loads the AWS credentials to sign for it. Blocks, and for credentials
 * no longer than its patience.
 */
final class CredentialsLoading implements AutoCloseable {

  private final StsTargetSource targets;
  private final SigningCredentials credentials;
  private final BoundedLoad<AwsCredentialsIdentity> loads;
  private volatile boolean loadedBefore;
  private volatile boolean closed;

  CredentialsLoading(StsTargetSource targets, SigningCredentials credentials, Duration patience) {
    this.targets = requireNonNull(targets, "targets");
    this.credentials = requireNonNull(credentials, "credentials");
    this.loads = new BoundedLoad<>(patience);
  }

  /**
   * The endpoint to sign for.
   *
   * @throws ProofUnavailableException if there is none, or this is closed
   */
  StsTarget target() {
    if (closed) {
      throw ProofFailure.closed();
    }
    return targets.get();
  }

  /**
   * The credentials to sign with for that endpoint.
   *
   * @throws ProofUnavailableException if none can be had
   */
  AwsCredentialsIdentity identity(StsTarget target) {
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

  /** Drops credentials that this object had made, so that the next ones are new where possible. */
  void forget() {
    credentials.forget();
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
