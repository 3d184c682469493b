package dev.rolecall.tokencredentials;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.InvalidValue;
import dev.rolecall.renewal.BoundedLoad;
import dev.rolecall.renewal.RenewalCounter;
import dev.rolecall.renewal.RenewalTiming;
import dev.rolecall.tokencredentials.internal.Endpoint;
import io.opentelemetry.api.OpenTelemetry;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Options of {@link TokenCallCredentials}. Not safe for use by several threads at once. */
public final class TokenCallBuilder {

  /** Makes the source, with the options as they are when it is built. */
  interface Origin {

    /** The source. */
    TokenSource open(TokenCallBuilder options);
  }

  private static final Pattern SCOPE = Pattern.compile("[!#-\\[\\]-~]{1,256}");
  private static final Pattern AUDIENCE = Pattern.compile("[!-~]{1,1000}");

  private final Origin origin;
  private final String name;
  private final @Nullable Grant grant;
  private Optional<Path> authorities = Optional.empty();
  private boolean plaintextEndpoint;
  private boolean plaintextCalls;
  private OpenTelemetry telemetry = OpenTelemetry.noop();
  private Duration patience = BoundedLoad.PATIENCE;
  private SecureRandom random = new SecureRandom();
  private RenewalTiming timing =
      new RenewalTiming(
          Clock.systemUTC(), System::nanoTime, () -> ThreadLocalRandom.current().nextDouble());

  TokenCallBuilder(Origin origin, String name, @Nullable Grant grant) {
    this.origin = origin;
    this.name = name;
    this.grant = grant;
  }

  static TokenCallBuilder of(TokenIssuer issuer, ClientAuthentication client, Grant grant) {
    requireNonNull(issuer, "issuer");
    requireNonNull(client, "client");
    return new TokenCallBuilder(
        options -> grant.from(options.endpoint(issuer, client)), grant + ", " + client, grant);
  }

  /**
   * Scopes to ask for: parameter "scope" (RFC 6749, section 3.3). Default: none, and the issuer
   * chooses.
   *
   * @throws IllegalArgumentException if one is not of 1 to 256 characters of that section
   * @throws IllegalStateException if no token endpoint is asked
   */
  public TokenCallBuilder scope(String... scopes) {
    for (String each : scopes) {
      check("scope", each, SCOPE, "1 to 256 printable characters without space, quote, backslash");
      asked("scope").scope(each);
    }
    return this;
  }

  /**
   * Audiences to ask for: parameter "audience" (RFC 8693, section 2.1; Auth0 has it for client
   * credentials too). Name one service: each server of an audience can use the token at every
   * other. Default: none.
   *
   * @throws IllegalArgumentException if one is not of 1 to 1,000 printable characters
   * @throws IllegalStateException if no token endpoint is asked
   */
  public TokenCallBuilder audience(String... audiences) {
    for (String each : audiences) {
      check("audience", each, AUDIENCE, "1 to 1000 printable characters without space");
      asked("audience").audience(each);
    }
    return this;
  }

  /**
   * Resources to ask for: parameter "resource", an absolute URI (RFC 8707). Default: none.
   *
   * @throws IllegalArgumentException if one is no absolute URI, or has a fragment
   * @throws IllegalStateException if no token endpoint is asked
   */
  public TokenCallBuilder resource(URI... resources) {
    for (URI each : resources) {
      if (!each.isAbsolute() || each.getRawFragment() != null) {
        throw InvalidValue.of(
            "resource", Endpoint.shown(each), "an absolute URI without a fragment");
      }
      asked("resource").resource(each.toString());
    }
    return this;
  }

  /**
   * The token of who acts for the subject of an exchange: parameter {@code actor_token}.
   *
   * @throws IllegalStateException if no token is exchanged
   */
  public TokenCallBuilder actor(SubjectToken actor) {
    exchanged("actor").actor(requireNonNull(actor, "actor"));
    return this;
  }

  /**
   * The type of the token to ask for in an exchange, such as {@link SubjectToken#ACCESS_TOKEN}.
   * Default: the issuer chooses.
   *
   * @throws IllegalArgumentException if it is no absolute URI
   * @throws IllegalStateException if no token is exchanged
   */
  public TokenCallBuilder requestedTokenType(String type) {
    exchanged("requestedTokenType").requestedType(SubjectToken.checkType(type));
    return this;
  }

  /**
   * Certificates that are trusted at the token endpoint, in place of the JDK's: PEM, read at each
   * renewal.
   *
   * @throws IllegalStateException if no token endpoint is asked
   */
  public TokenCallBuilder trustedCertificates(Path authorities) {
    var unused = asked("trustedCertificates");
    this.authorities = Optional.of(authorities);
    return this;
  }

  /**
   * Takes an issuer or token endpoint of plain http at {@code localhost}, {@code 127.0.0.0/8} or
   * {@code ::1}, for tests: anyone on this machine who reads the loopback device reads the client's
   * secret. Off by default.
   */
  public TokenCallBuilder allowPlaintextTokenEndpointOnLoopback() {
    plaintextEndpoint = true;
    return this;
  }

  /**
   * Sends the token over connections without transport security too, where anyone who reads the
   * wire may use it until it ends. For tests, and networks trusted as much as the processes at both
   * ends. Off by default.
   */
  public TokenCallBuilder allowPlaintext() {
    plaintextCalls = true;
    return this;
  }

  /**
   * Where metrics go: nowhere by default. {@code rolecall.client.token.renewals} counts the
   * attempts to get a token, by result.
   */
  public TokenCallBuilder openTelemetry(OpenTelemetry telemetry) {
    this.telemetry = requireNonNull(telemetry, "telemetry");
    return this;
  }

  /** The clock that ages tokens and dates assertions. Default: the system's. */
  public TokenCallBuilder clock(Clock clock) {
    timing = timing.withClock(requireNonNull(clock, "clock"));
    return this;
  }

  /** Elapsed nanoseconds, for the pause after a failure. */
  TokenCallBuilder ticker(LongSupplier ticker) {
    timing = timing.withTicker(ticker);
    return this;
  }

  /** Numbers from 0 to 1, for the jitter of that pause. */
  TokenCallBuilder jitter(DoubleSupplier jitter) {
    timing = timing.withRandom(jitter);
    return this;
  }

  /** The longest time that a token takes. */
  TokenCallBuilder patience(Duration patience) {
    this.patience = patience;
    return this;
  }

  /**
   * The credentials. Reads no file and asks no network.
   *
   * @throws IllegalStateException if the issuer or endpoint is of plain http where that is not
   *     allowed, or the client's method needs an issuer and none is known
   */
  public TokenCallCredentials build() {
    return new TokenCallCredentials(new RenewedTokens(origin.open(this), patience), this);
  }

  private TokenEndpoint endpoint(TokenIssuer issuer, ClientAuthentication client) {
    if (!issuer.isProtected(plaintextEndpoint)) {
      throw new IllegalStateException(
          "issuer and token endpoint: plain http (expected: https, or"
              + " allowPlaintextTokenEndpointOnLoopback() and an address of loopback)");
    }
    if (client.method().needsIssuer() && issuer.issuer().isEmpty()) {
      throw new IllegalStateException(
          "private_key_jwt: the issuer is not known (expected: TokenIssuer.discovered(issuer), or"
              + " at(tokenEndpoint, issuer))");
    }
    return new TokenEndpoint(
        issuer, client, authorities, plaintextEndpoint, new Entropy(timing.clock(), random));
  }

  private Grant asked(String option) {
    if (grant == null) {
      throw new IllegalStateException(option + ": no token endpoint is asked for these tokens");
    }
    return grant;
  }

  private Grant exchanged(String option) {
    Grant asked = asked(option);
    if (!asked.isExchange()) {
      throw new IllegalStateException(
          option + ": no token is exchanged (expected: with exchange(...) only)");
    }
    return asked;
  }

  private static void check(String name, String value, Pattern rule, String expected) {
    if (!rule.matcher(value).matches()) {
      throw InvalidValue.of(name, value, expected);
    }
  }

  RenewalCounter counter() {
    return new RenewalCounter(
        telemetry
            .getMeter("rolecall")
            .counterBuilder("rolecall.client.token.renewals")
            .setDescription("Attempts to get an access token, the first or a new one, by result.")
            .build(),
        System.getLogger("rolecall.client"));
  }

  Clock clock() {
    return timing.clock();
  }

  RenewalTiming timing() {
    return timing;
  }

  boolean isPlaintextAllowed() {
    return plaintextCalls;
  }

  /** The origin of the tokens, for people. */
  @Override
  public String toString() {
    return name;
  }
}
