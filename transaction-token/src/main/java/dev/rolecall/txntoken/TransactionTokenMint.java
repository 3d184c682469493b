package dev.rolecall.txntoken;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.internal.metrics.Instruments;
import dev.rolecall.access.internal.metrics.SteadyCounter;
import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.internal.InvalidValue;
import dev.rolecall.jwt.SignedToken;
import dev.rolecall.jwt.TokenSigner;
import dev.rolecall.jwt.key.KeySet;
import dev.rolecall.jwt.key.SigningKey;
import dev.rolecall.jwt.ring.KeysInForce;
import dev.rolecall.jwt.ring.SigningKeys;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The maker of the tokens by which a proxy passes on who called. A token states the verified caller
 * and nothing of its credential. It is signed with ES256 in 0.7 ms of CPU time, with RS256 in 1.1.
 *
 * <p>A caller that was itself passed on keeps its subject, its transaction and the scheme that
 * proved it; the workload is this proxy. No token outlives its caller.
 *
 * <p>Safe for use by many threads; {@link #close} alone may wait.
 *
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-oauth-transaction-tokens/">OAuth
 *     transaction tokens</a>
 */
public final class TransactionTokenMint implements AutoCloseable {

  private static final int ID_BYTES = 16;
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private static final AttributeKey<String> RESULT = AttributeKey.stringKey("result");
  private static final Attributes MINTED = Attributes.of(RESULT, "minted");
  private static final Attributes CALLER_ENDED = Attributes.of(RESULT, "caller_ended");
  private static final Attributes TOO_LONG = Attributes.of(RESULT, "too_long");

  private final TrustDomain domain;
  private final String workload;
  private final KeysInForce keys;
  private final TokenLife life;
  private final boolean passesAddress;
  private final RandomGenerator random;
  private final Clock clock;
  private final HeldTokens held;
  private final SteadyCounter mints;

  private TransactionTokenMint(Builder options, KeysInForce keys) {
    this.domain = options.domain;
    this.workload = options.workload;
    this.keys = keys;
    this.life = options.life;
    this.passesAddress = options.passesAddress;
    this.random = options.random;
    this.clock = options.runtime.clock();
    this.held = new HeldTokens(options.runtime.ticker(), HeldTokens.MOST_BYTES);
    this.mints =
        new Instruments(options.runtime.telemetry())
            .counter("rolecall.txntoken.mints", "Transaction tokens to be signed, by result.");
    mints.add(0, TOO_LONG);
  }

  /**
   * Options of a mint.
   *
   * @param domain the name of the services that trust this proxy
   * @param workload the proxy's own name, for records: best the ARN of its role. 1 to 2,048 visible
   *     characters of ASCII
   * @param keys the keys that sign: those of a file, so that several replicas have the same
   * @param runtime the clock, threads and telemetry to work with; outlives the mint
   * @throws IllegalArgumentException if the workload breaks its rule
   */
  public static Builder builder(
      TrustDomain domain, String workload, SigningKeys keys, AccessRuntime runtime) {
    return new Builder(domain, workload, keys, runtime);
  }

  /**
   * The token of that caller for that service. One is used again for half of its life, so most
   * calls take no signature, and its id is not one call's.
   *
   * @return empty if the caller's time is over, or the token would have more than 4,096 characters.
   *     A door that gets none must refuse the call: without a token, it would reach the service as
   *     the proxy's own
   */
  public Optional<TransactionToken> tokenFor(Caller caller, Audience scope) {
    return shared(caller, scope, Optional.empty());
  }

  /**
   * The same with the address of the client, as the proxy sees it. It is in the token if {@link
   * Builder#passClientAddresses} says so, and is ignored otherwise.
   */
  public Optional<TransactionToken> tokenFor(Caller caller, Audience scope, InetAddress client) {
    return shared(caller, scope, address(client));
  }

  /**
   * A token of one call, signed anew. Choose RS256 for it: a service verifies that in 0.04 ms.
   *
   * @param method the full name of the method: {@code orders.v1.Orders/Get}
   * @return empty as {@link #tokenFor(Caller, Audience)} says
   */
  public Optional<TransactionToken> tokenForCall(Caller caller, Audience scope, String method) {
    return made(content(caller, scope, Optional.of(method), Optional.empty()));
  }

  /** The same with the address of the client, as {@link #tokenFor} has it. */
  public Optional<TransactionToken> tokenForCall(
      Caller caller, Audience scope, String method, InetAddress client) {
    return made(content(caller, scope, Optional.of(method), address(client)));
  }

  private Optional<String> address(InetAddress client) {
    requireNonNull(client, "client");
    // Without its zone, which means nothing on another machine.
    return passesAddress
        ? Optional.of(client.getHostAddress().replaceFirst("%.*", ""))
        : Optional.empty();
  }

  private static TokenContent content(
      Caller caller, Audience scope, Optional<String> method, Optional<String> address) {
    return new TokenContent(
        requireNonNull(caller, "caller"), requireNonNull(scope, "scope"), method, address);
  }

  private Optional<TransactionToken> shared(
      Caller caller, Audience scope, Optional<String> address) {
    Instant now = clock.instant();
    KeySet published = keys.published();
    if (address.isEmpty()) {
      TransactionToken recent = held.recent(caller, scope, now, published);
      if (recent != null) {
        return Optional.of(recent);
      }
    }
    TokenContent content = content(caller, scope, Optional.empty(), address);
    TransactionToken known = held.get(content, now, published);
    if (known != null) {
      return Optional.of(known);
    }
    HeldToken made = sign(content, now);
    return made == null ? Optional.empty() : Optional.of(kept(content, made, now));
  }

  private TransactionToken kept(TokenContent content, HeldToken made, Instant now) {
    TransactionToken kept = held.keep(content, made, now, keys.published());
    if (kept == made.token && content.address().isEmpty()) {
      held.had(content.caller(), content.scope(), made);
    }
    return kept;
  }

  private Optional<TransactionToken> made(TokenContent content) {
    HeldToken made = sign(content, clock.instant());
    return made == null ? Optional.empty() : Optional.of(made.token);
  }

  private @Nullable HeldToken sign(TokenContent content, Instant now) {
    Instant issued = now.truncatedTo(ChronoUnit.SECONDS);
    Optional<Instant> expiry = life.expiry(issued, now, content.caller());
    if (expiry.isEmpty()) {
      mints.add(1, CALLER_ENDED);
      return null;
    }
    String transaction =
        PassedEvidence.transaction(content.caller().evidence()).orElseGet(this::newId);
    SigningKey key = keys.current();
    SignedToken token =
        TokenSigner.of(key)
            .sign(
                TransactionToken.TYPE,
                content.claims(domain, workload, transaction, issued, expiry.get()));
    if (token.text().length() > TransactionToken.LONGEST) {
      mints.add(1, TOO_LONG);
      return null;
    }
    mints.add(1, MINTED);
    return new HeldToken(new TransactionToken(token, transaction, expiry.get()), key.kid(), now);
  }

  private String newId() {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    return ENCODER.encodeToString(id);
  }

  /**
   * The public keys to publish as a JSON Web Key Set, for services to verify tokens with: previous,
   * current, next. Never blocks.
   */
  public KeySet publishedKeys() {
    return keys.published();
  }

  /** Stops following or rotating the keys. */
  @Override
  public void close() {
    keys.close();
  }

  /** How many tokens are held to be used again. */
  long held() {
    return held.count();
  }

  @Override
  public String toString() {
    return "TransactionTokenMint[" + domain + ", ****]";
  }

  /** Options of {@link TransactionTokenMint}. Not safe for use by several threads at once. */
  public static final class Builder {

    private final TrustDomain domain;
    private final String workload;
    private final SigningKeys keys;
    private final AccessRuntime runtime;
    private TokenLife life = TokenLife.ofDefaults();
    private boolean passesAddress;
    private RandomGenerator random = new SecureRandom();

    private Builder(TrustDomain domain, String workload, SigningKeys keys, AccessRuntime runtime) {
      this.domain = requireNonNull(domain, "domain");
      this.workload = requireNonNull(workload, "workload");
      this.keys = requireNonNull(keys, "keys");
      this.runtime = requireNonNull(runtime, "runtime");
      if (!Claim.isWorkload(workload)) {
        throw InvalidValue.of("workload", workload, "1 to 2048 visible characters of ASCII");
      }
    }

    /**
     * The longest life of a token: 10 seconds to 1 hour, 60 seconds by default. It is how long a
     * token that was stolen together with a proxy's proof can be replayed, and how long a stream at
     * the service outlives the proxy's word. The clocks of proxy and services must agree within
     * half of it.
     *
     * @throws IllegalArgumentException if it is shorter or longer
     */
    public Builder life(Duration longest) {
      this.life = new TokenLife(longest);
      return this;
    }

    /**
     * Passes on the addresses of clients: {@code req_ip}. By default they stay here, since an
     * address may be personal data, and each address takes a token of its own.
     */
    public Builder passClientAddresses() {
      this.passesAddress = true;
      return this;
    }

    /** Draws the ids of transactions: a secure generator by default. Used by many threads. */
    public Builder random(RandomGenerator random) {
      this.random = requireNonNull(random, "random");
      return this;
    }

    /**
     * The mint, which the caller closes. Blocks on a file of keys, or takes a second of CPU time to
     * make keys.
     *
     * @throws dev.rolecall.jwt.ring.KeyRingFileException if a file of keys is not good
     */
    public TransactionTokenMint build() {
      runtime.supervising(SupervisedTask.KEY_RING);
      return new TransactionTokenMint(
          this, keys.start(runtime.clock(), runtime.supervisor(), SupervisedTask.KEY_RING.label()));
    }
  }
}
