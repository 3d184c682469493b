package dev.rolecall.client;

import static io.grpc.SecurityLevel.PRIVACY_AND_INTEGRITY;
import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.InvalidValue;
import dev.rolecall.renewal.CallStatus;
import dev.rolecall.renewal.RenewalAfterRefusal;
import dev.rolecall.renewal.RenewingCredential;
import io.grpc.CallCredentials;
import io.grpc.ClientInterceptor;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;

/**
 * gRPC call credentials that state the caller's IAM role in a web identity token: each call carries
 * {@code authorization: Bearer} and a JWT that STS signed for one audience. A server verifies it
 * with the issuer's public keys and does not ask STS.
 *
 * <p>One token serves all calls of all channels until two thirds of its life are over. It is then
 * renewed once, behind the calls; only when there is no token that a server would accept do calls
 * wait, all for the same renewal. Loading AWS credentials and asking STS may block: both happen on
 * separate threads. The executor of one of the calls waits for the credentials, never the event
 * loop; STS holds no call's thread. Each may take ten seconds at most.
 *
 * <p><b>A token is a bearer token.</b> Nothing binds it to a connection: every server of its
 * audience could use it at another one until it ends. So each service has an audience of its own,
 * and the token is never sent without transport security, unless {@link Builder#allowPlaintext()}
 * was chosen. Where that is not enough, {@link IamCallCredentials} binds its proofs to the server's
 * certificate.
 *
 * <p>STS is asked at its Regional endpoint; the global one has no such action. The token ends
 * before the AWS session does. If less than a minute of the session is left, a session that this
 * object assumed is renewed first.
 *
 * <p>A call fails with UNAUTHENTICATED where another attempt would not help: no credentials, no
 * region, outbound federation disabled in the account, no permission, no transport security,
 * closed. It fails with UNAVAILABLE where one may: STS does not answer, throttles, or the session
 * ends too soon. The description holds AWS's error code, the next step, and no secret. A failed
 * renewal is tried again after a second, and after up to eight when it keeps failing; calls in
 * between fail at once.
 *
 * <p>Safe for use by many threads and channels. Close it to release the credentials chain and STS
 * client it made. Do not combine it with credentials that set {@code authorization} too: servers
 * refuse two values.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetWebIdentityToken.html">STS
 *     GetWebIdentityToken</a>
 */
public final class WebIdentityCallCredentials extends CallCredentials implements AutoCloseable {

  private final WebIdentitySource source;
  private final RenewingCredential<WebIdentityToken> tokens;
  private final boolean plaintextAllowed;

  private WebIdentityCallCredentials(Builder options) {
    this.source = options.newSource();
    this.tokens = new RenewingCredential<>(source, options.timing(), options.renewals());
    this.plaintextAllowed = options.plaintextAllowed;
  }

  /**
   * Credentials for calls to that audience, from the default AWS credentials chain and region.
   *
   * @throws IllegalArgumentException as {@link #builder} has it
   */
  public static WebIdentityCallCredentials forAudience(String audience) {
    return builder(audience).build();
  }

  /**
   * A builder of credentials for calls to that audience.
   *
   * @param audience 1 to 1,000 characters, no control characters: the audience that the servers
   *     expect in tokens
   * @throws IllegalArgumentException if it breaks that rule
   */
  public static Builder builder(String audience) {
    return new Builder(audience);
  }

  /** Answers at once while the token is fresh; see the class for the other cases. */
  @Override
  public void applyRequestMetadata(
      RequestInfo requestInfo, Executor appExecutor, MetadataApplier applier) {
    if (!plaintextAllowed && requestInfo.getSecurityLevel() != PRIVACY_AND_INTEGRITY) {
      applier.fail(CallStatus.of(ProofFailure.plaintextToken()));
      return;
    }
    if (source.isClosed()) {
      applier.fail(CallStatus.of(ProofFailure.closed()));
      return;
    }
    tokens.applyTo(applier, appExecutor);
  }

  /**
   * The token itself, for use outside gRPC. Never blocks: what blocks runs on {@code executor}, and
   * at most once for all who wait. Dependent stages run on the thread that completes it, which may
   * be the caller's.
   *
   * @return completes exceptionally with {@link ProofUnavailableException} and nothing else
   */
  public CompletionStage<WebIdentityToken> token(Executor executor) {
    return tokens.get(requireNonNull(executor, "executor"));
  }

  /**
   * An interceptor for the channels of these credentials, which has a token renewed that a server
   * refused with UNAUTHENTICATED. Once for each token and at most once a minute; the refused call
   * is not repeated.
   */
  public ClientInterceptor renewalAfterRefusal() {
    return new RenewalAfterRefusal<>(tokens);
  }

  /**
   * Closes what this object made: the default credentials chain and the STS clients, but not a
   * credentials provider it was given. Later calls fail with UNAUTHENTICATED. Blocks no longer than
   * the AWS SDK's own {@code close}; may be called again.
   */
  @Override
  public void close() {
    source.close();
  }

  /** Names the audience and nothing else. */
  @Override
  public String toString() {
    return "WebIdentityCallCredentials[" + source.audience() + "]";
  }

  /** Options of {@link WebIdentityCallCredentials}. Not safe for use by several threads at once. */
  public static final class Builder extends AwsOptions<Builder> {

    private static final Pattern AUDIENCE = Pattern.compile("[^\\p{Cntrl}]{1,1000}");
    private static final Duration LIFE_BY_DEFAULT = Duration.ofMinutes(15);

    private final String audience;
    private Duration life = LIFE_BY_DEFAULT;
    private boolean plaintextAllowed;

    private Builder(String audience) {
      super(requireNonNull(audience, "audience"));
      if (!AUDIENCE.matcher(audience).matches()) {
        throw InvalidValue.of(
            "audience", audience, "1 to 1000 characters, none of them a control character");
      }
      this.audience = audience;
    }

    /**
     * The life of a token: 1 minute to 1 hour, in whole seconds, as STS has it. Default: 15
     * minutes. Less where the AWS session ends before. A longer one is asked for less often; a
     * shorter one is of use to a thief for less time.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    public Builder life(Duration life) {
      requireNonNull(life, "life");
      if (life.compareTo(WebIdentitySource.SHORTEST) < 0
          || life.compareTo(WebIdentitySource.LONGEST) > 0) {
        throw InvalidValue.of(
            "life",
            life.toString(),
            WebIdentitySource.SHORTEST + " to " + WebIdentitySource.LONGEST);
      }
      this.life = life;
      return this;
    }

    /**
     * Sends the token over connections without transport security too, where anyone who reads the
     * wire may use it at its audience until it ends. For tests, and networks trusted as much as the
     * processes at both ends. Off by default.
     */
    public Builder allowPlaintext() {
      plaintextAllowed = true;
      return this;
    }

    /**
     * The credentials. Reads no file and asks no network.
     *
     * @throws IllegalStateException if two options contradict each other; the message names them
     */
    public WebIdentityCallCredentials build() {
      return new WebIdentityCallCredentials(this);
    }

    private WebIdentitySource newSource() {
      return new WebIdentitySource(loading(), audience, life, timing().clock(), patience());
    }

    @Override
    Builder self() {
      return this;
    }
  }
}
