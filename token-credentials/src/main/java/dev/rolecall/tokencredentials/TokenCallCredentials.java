package dev.rolecall.tokencredentials;

import static io.grpc.SecurityLevel.PRIVACY_AND_INTEGRITY;
import static java.util.Objects.requireNonNull;

import dev.rolecall.renewal.CallStatus;
import dev.rolecall.renewal.RenewalAfterRefusal;
import dev.rolecall.renewal.RenewingCredential;
import io.grpc.CallCredentials;
import io.grpc.ClientInterceptor;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * gRPC call credentials that bring an OAuth 2 access token: each call carries {@code authorization:
 * Bearer ...}. The token comes from a token endpoint, by client credentials (RFC 6749, section 4.4)
 * or token exchange (RFC 8693), from a file, or from code of yours.
 *
 * <p>One token serves all calls until two thirds of its life are over. It is then renewed once,
 * behind the calls, which go on with the old one until the last sixth of its life, and no later
 * than 30 seconds before its end. Only when there is no good token do calls wait, all for the same
 * renewal. Nothing here blocks a call's executor or an event loop: secrets are read on a thread of
 * their own, and the token endpoint is asked asynchronously, for ten seconds at most.
 *
 * <p>A connection without transport security gets no token unless {@link
 * TokenCallBuilder#allowPlaintext()} was chosen.
 *
 * <p>A call fails with UNAUTHENTICATED where the set-up has to change first (the issuer answered an
 * error of OAuth, no transport security, closed), with UNAVAILABLE where another attempt may
 * succeed (time-outs, HTTP status 429 and 5xx, a file that cannot be read). The description names
 * the host or file and holds no secret. A failure is tried again after a second, then 2, 4, up to
 * 8; after an answer of the issuer up to 60 seconds, and no sooner than its Retry-After, of which a
 * minute counts. Calls in between fail at once.
 *
 * <p>Safe for use by many threads and channels. Do not combine it with credentials that set {@code
 * authorization} too: servers refuse two values.
 */
public final class TokenCallCredentials extends CallCredentials implements AutoCloseable {

  private final RenewedTokens source;
  private final RenewingCredential<AccessToken> token;
  private final boolean plaintextAllowed;
  private final String origin;

  TokenCallCredentials(RenewedTokens source, TokenCallBuilder options) {
    this.source = source;
    this.token = new RenewingCredential<>(source, options.timing(), options.counter());
    this.plaintextAllowed = options.isPlaintextAllowed();
    this.origin = options.toString();
  }

  /** A builder of credentials by client credentials (RFC 6749, section 4.4). */
  public static TokenCallBuilder clientCredentials(
      TokenIssuer issuer, ClientAuthentication client) {
    return TokenCallBuilder.of(issuer, client, new Grant(null));
  }

  /**
   * A builder of credentials by token exchange (RFC 8693).
   *
   * @param subject the token that is exchanged, read at each renewal
   */
  public static TokenCallBuilder exchange(
      TokenIssuer issuer, ClientAuthentication client, SubjectToken subject) {
    return TokenCallBuilder.of(issuer, client, new Grant(requireNonNull(subject, "subject")));
  }

  /**
   * A builder of credentials from a file that others renew, such as a projected service account
   * token of Kubernetes. A JWT is read anew in its last minute and not used in its last 30 seconds;
   * a token that tells no end is read anew each minute.
   */
  public static TokenCallBuilder tokenFile(Path file) {
    requireNonNull(file, "file");
    return new TokenCallBuilder(
        options -> new TokenFile(file, options.clock()), "TokenFile[" + file + "]", null);
  }

  /** A builder of credentials from a source of your own. */
  public static TokenCallBuilder of(TokenSource source) {
    requireNonNull(source, "source");
    return new TokenCallBuilder(options -> source, source.getClass().getName(), null);
  }

  /** Answers at once while the token is fresh; see the class for the other cases. */
  @Override
  public void applyRequestMetadata(
      RequestInfo requestInfo, Executor appExecutor, MetadataApplier applier) {
    if (!plaintextAllowed && requestInfo.getSecurityLevel() != PRIVACY_AND_INTEGRITY) {
      applier.fail(CallStatus.of(TokenFailure.plaintext()));
      return;
    }
    if (source.isClosed()) {
      applier.fail(CallStatus.of(TokenFailure.closed()));
      return;
    }
    token.applyTo(applier, appExecutor);
  }

  /**
   * The token that calls carry, outside gRPC. Never blocks; begins a renewal where a call would.
   *
   * @param executor begins the renewal, and does not block in it
   * @return fails with {@link TokenUnavailableException} and nothing else
   */
  public CompletionStage<AccessToken> token(Executor executor) {
    requireNonNull(executor, "executor");
    return source.isClosed()
        ? CompletableFuture.failedFuture(TokenFailure.closed())
        : token.get(executor);
  }

  /**
   * An interceptor for the channels that these credentials are used on. When a server answers
   * UNAUTHENTICATED, the next call renews the token, once for each token and at most once a minute.
   * The refused call itself is not tried again.
   */
  public ClientInterceptor renewalAfterRefusal() {
    return new RenewalAfterRefusal<>(token);
  }

  /** Later calls fail with UNAUTHENTICATED. Does not block; may be called again. */
  @Override
  public void close() {
    source.close();
  }

  /** Names the origin of the tokens and no secret. */
  @Override
  public String toString() {
    return "TokenCallCredentials[" + origin + "]";
  }
}
