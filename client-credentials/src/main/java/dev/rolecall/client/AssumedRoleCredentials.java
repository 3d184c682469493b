package dev.rolecall.client;

import static java.util.Objects.requireNonNull;

import dev.rolecall.client.credentials.CredentialsAttempt;
import dev.rolecall.client.internal.AssumedRole;
import dev.rolecall.client.internal.StsConnection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/** A role assumed with other credentials, at the endpoint its proofs name. */
final class AssumedRoleCredentials implements SigningCredentials {

  private final AssumedRole role;
  private final SigningCredentials base;
  private @Nullable Assumption assumption;
  private boolean closed;

  AssumedRoleCredentials(AssumedRole role, SigningCredentials base) {
    this.role = requireNonNull(role, "role");
    this.base = requireNonNull(base, "base");
  }

  @Override
  public synchronized IdentityProvider<? extends AwsCredentialsIdentity> providerFor(
      StsTarget target) {
    if (closed) {
      throw ProofFailure.closed();
    }
    if (assumption == null) {
      assumption = Assumption.of(role, base, target);
    }
    return assumption.provider();
  }

  @Override
  public String tried() {
    return "to assume " + role.arn() + " with " + base.tried();
  }

  @Override
  public List<CredentialsAttempt> attempts() {
    return base.attempts();
  }

  @Override
  public void close() {
    Assumption made;
    synchronized (this) {
      closed = true;
      made = assumption;
      assumption = null;
    }
    if (made != null) {
      made.close();
    }
    base.close();
  }

  @Override
  public void forget() {
    Assumption made;
    synchronized (this) {
      made = assumption;
      assumption = null;
    }
    if (made != null) {
      made.close();
    }
    base.forget();
  }

  private record Assumption(StsConnection connection, StsAssumeRoleCredentialsProvider provider)
      implements AutoCloseable {

    static Assumption of(AssumedRole role, SigningCredentials base, StsTarget target) {
      StsConnection connection =
          StsConnection.to(target.endpoint(), target.region(), base.providerFor(target));
      return new Assumption(
          connection,
          StsAssumeRoleCredentialsProvider.builder()
              .stsClient(connection.sts())
              .refreshRequest(
                  request -> request.roleArn(role.arn()).roleSessionName(role.sessionName()))
              .build());
    }

    @Override
    public void close() {
      provider.close();
      connection.close();
    }
  }
}
