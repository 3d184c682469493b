package dev.rolecall.client;

import static io.grpc.SecurityLevel.PRIVACY_AND_INTEGRITY;
import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Audience;
import dev.rolecall.proof.ProofBinding;
import dev.rolecall.renewal.CallStatus;
import dev.rolecall.renewal.RenewingCredential;
import io.grpc.CallCredentials;
import java.util.concurrent.Executor;

/**
 * gRPC call credentials that prove the caller's IAM role: each call carries {@code authorization:
 * Bearer rolecall-v1~...}, one presigned STS GetCallerIdentity request for one audience.
 *
 * <p>One proof serves all calls of a connection until two thirds of its 15 minutes are over. It is
 * then renewed once, behind the calls, which go on with the old one; only when there is no proof
 * that a server would accept do calls wait, all for the same renewal. Signing needs no network.
 * Loading AWS credentials may: it happens on one separate thread, and the executor of one of the
 * calls that asked waits for it, never the event loop. With a blocking stub that executor is the
 * calling thread. It waits ten seconds at most: a {@code credential_process} that hangs is told as
 * UNAVAILABLE, and what it gives later is used by the next call.
 *
 * <p>On TLS the proof is bound to the certificate the server presented ({@code channel}), so it is
 * worthless on any other connection; where the session shows no certificate it is bound to the
 * audience alone ({@code bearer}). A connection without transport security gets no proof unless
 * {@link Builder#allowPlaintext()} was chosen. To see the certificate a server shows now, and not
 * one it has replaced since, TLS sessions of the channel are resumed for a second at most: the
 * timeout of their {@code SSLSessionContext} is set.
 *
 * <p>A call fails with UNAUTHENTICATED where another attempt would not help (no credentials, no
 * region, the role may not be assumed, no transport security, closed), with UNAVAILABLE where it
 * may. The description says what was tried and holds no secret. A failed load is tried again after
 * a second, and after up to eight when it keeps failing; calls in between fail at once.
 *
 * <p>Safe for use by many threads and channels. Close it to release the credentials chain and STS
 * client it made. Do not combine it with credentials that set {@code authorization} too: servers
 * refuse two values.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html">STS
 *     GetCallerIdentity</a>
 */
public final class IamCallCredentials extends CallCredentials implements AutoCloseable {

  private final ProofSource source;
  private final ConnectionProofs proofs;
  private final boolean plaintextAllowed;

  private IamCallCredentials(Builder options) {
    this.source = options.newSource();
    this.proofs = new ConnectionProofs(source, options.bearerProofs);
    this.plaintextAllowed = options.plaintextAllowed;
  }

  /**
   * Credentials for calls to that audience, from the default AWS credentials chain and region.
   *
   * @throws IllegalArgumentException if the audience breaks the rule of {@link Audience}
   */
  public static IamCallCredentials forAudience(String audience) {
    return builder(audience).build();
  }

  /**
   * A builder of credentials for calls to that audience.
   *
   * @throws IllegalArgumentException if the audience breaks the rule of {@link Audience}
   */
  public static Builder builder(String audience) {
    return builder(Audience.of(audience));
  }

  /** A builder of credentials for calls to that audience. */
  public static Builder builder(Audience audience) {
    return new Builder(audience);
  }

  /** Answers at once while the connection's proof is fresh; see the class for the other cases. */
  @Override
  public void applyRequestMetadata(
      RequestInfo requestInfo, Executor appExecutor, MetadataApplier applier) {
    if (!plaintextAllowed && requestInfo.getSecurityLevel() != PRIVACY_AND_INTEGRITY) {
      applier.fail(CallStatus.of(ProofFailure.plaintext()));
      return;
    }
    if (source.isClosed()) {
      applier.fail(CallStatus.of(ProofFailure.closed()));
      return;
    }
    RenewingCredential<SignedProof> proof;
    try {
      proof = proofs.on(requestInfo.getTransportAttrs());
    } catch (RuntimeException | Error e) {
      // A TLS session of a kind unknown here. The contract wants an answer, not an exception.
      applier.fail(CallStatus.of(ProofFailure.defect(e)));
      return;
    }
    proof.applyTo(applier, appExecutor);
  }

  /**
   * Forgets the proofs and closes what this object made: the default credentials chain and the STS
   * client, but not a credentials provider it was given. Later calls fail with UNAUTHENTICATED.
   * Blocks no longer than the AWS SDK's own {@code close}; may be called again.
   */
  @Override
  public void close() {
    source.close();
    proofs.clear();
  }

  /** Names the audience and nothing else. */
  @Override
  public String toString() {
    return "IamCallCredentials[" + source.audience() + "]";
  }

  /** Options of {@link IamCallCredentials}. Not safe for use by several threads at once. */
  public static final class Builder extends SigningOptions<Builder> {

    private boolean plaintextAllowed;
    private boolean bearerProofs;

    private Builder(Audience audience) {
      super(requireNonNull(audience, "audience"));
    }

    /**
     * Sends the proof over connections without transport security too, where anyone who reads the
     * wire may use it at its audience for 15 minutes. For tests, and networks trusted as much as
     * the processes at both ends. Off by default.
     */
    public Builder allowPlaintext() {
      plaintextAllowed = true;
      return this;
    }

    /**
     * Binds proofs to the audience alone ({@link ProofBinding#bearer()}), on TLS too. For servers
     * behind a load balancer that terminates TLS: the certificate the client sees is then not the
     * server's. A server that requires channel binding refuses such proofs. Off by default.
     */
    public Builder bearerProofs() {
      bearerProofs = true;
      return this;
    }

    /**
     * The credentials. Reads no file and asks no network.
     *
     * @throws IllegalStateException if two options contradict each other; the message names them
     */
    public IamCallCredentials build() {
      return new IamCallCredentials(this);
    }

    @Override
    Builder self() {
      return this;
    }
  }
}
