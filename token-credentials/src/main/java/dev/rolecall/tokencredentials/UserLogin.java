package dev.rolecall.tokencredentials;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.InvalidValue;
import dev.rolecall.tokencredentials.internal.Form;
import dev.rolecall.tokencredentials.internal.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/**
 * The login of a person at a program of theirs: by the browser, with an authorization code and PKCE
 * (RFC 8252), or at another device (RFC 8628). The program opens the browser and listens; this
 * class speaks to the issuer. Safe for use by many threads. Its stages never block; the methods
 * block on the file of trusted certificates alone.
 */
public final class UserLogin {

  private static final Pattern TEXT = Pattern.compile("[!-~]{1,1000}( [!-~]{1,1000})*");

  private final TokenEndpoint endpoint;
  private final Entropy entropy;
  private final Wish wish;

  /**
   * The token that is wished for.
   *
   * @param scope the scopes, one space between them; empty for none. {@code offline_access} is what
   *     most issuers want for a refresh token
   * @param audience the parameter "audience", as Auth0 has it
   * @param resource the parameter "resource" (RFC 8707)
   */
  public record Wish(Optional<String> scope, Optional<String> audience, Optional<URI> resource) {

    /**
     * Checks the texts.
     *
     * @throws IllegalArgumentException if one holds something else than printable characters of
     *     ASCII, or the resource is no absolute URI
     */
    public Wish {
      scope.ifPresent(text -> check("scope", text));
      audience.ifPresent(text -> check("audience", text));
      if (resource.isPresent() && !resource.get().isAbsolute()) {
        throw InvalidValue.of("resource", resource.get().toString(), "an absolute URI");
      }
    }

    private static void check(String name, String text) {
      if (!TEXT.matcher(text).matches()) {
        throw InvalidValue.of(name, text, "printable characters of ASCII, single spaces between");
      }
    }

    void addTo(Form form) {
      scope.ifPresent(text -> form.add("scope", text));
      addTargetTo(form);
    }

    /** All but the scope. */
    void addTargetTo(Form form) {
      audience.ifPresent(text -> form.add("audience", text));
      resource.ifPresent(uri -> form.add("resource", uri.toString()));
    }
  }

  /** The place of a refresh token. The issuer may give another each time it is used. */
  public interface RefreshTokens {

    /**
     * The token as it is now.
     *
     * @throws IOException if it cannot be read
     */
    String read() throws IOException;

    /**
     * Takes the place of the one before, which the issuer may have withdrawn.
     *
     * @throws IOException if it cannot be written
     */
    void write(String next) throws IOException;
  }

  private UserLogin(TokenEndpoint endpoint, Entropy entropy, Wish wish) {
    this.endpoint = endpoint;
    this.entropy = entropy;
    this.wish = wish;
  }

  /**
   * A login at an issuer whose endpoints are discovered, over https.
   *
   * @param clientId a public client: a program on a person's machine keeps no secret
   * @param authorities certificates in PEM that alone are trusted; empty for the JDK's
   * @throws IllegalArgumentException if a value breaks its rule
   */
  public static UserLogin at(
      URI issuer, String clientId, Wish wish, Optional<Path> authorities, Clock clock) {
    return new Settings(issuer, clientId, wish, authorities, clock).login(false);
  }

  /** The same, where http at an issuer on loopback will do: for tests. */
  public static UserLogin allowingPlaintextIssuerOnLoopback(
      URI issuer, String clientId, Wish wish, Optional<Path> authorities, Clock clock) {
    return new Settings(issuer, clientId, wish, authorities, clock).login(true);
  }

  private record Settings(
      URI issuer, String clientId, Wish wish, Optional<Path> authorities, Clock clock) {

    UserLogin login(boolean loopbackAllowed) {
      TokenIssuer where = TokenIssuer.discovered(issuer);
      if (!where.isProtected(loopbackAllowed)) {
        throw InvalidValue.of("issuer", issuer.toString(), "https");
      }
      Entropy entropy = new Entropy(clock, new SecureRandom());
      return new UserLogin(
          new TokenEndpoint(
              where,
              ClientAuthentication.publicClient(clientId),
              authorities,
              loopbackAllowed,
              entropy),
          entropy,
          requireNonNull(wish, "wish"));
    }
  }

  /**
   * Begins a login by the browser.
   *
   * @param redirect the address that the program listens at: http on a literal loopback address
   * @return fails with {@link TokenUnavailableException}
   * @throws IOException if the file of trusted certificates cannot be read
   */
  public CompletionStage<CodeLogin> byBrowser(URI redirect) throws IOException {
    requireNonNull(redirect, "redirect");
    return endpoint
        .metadata(endpoint.exchange())
        .thenApply(known -> CodeLogin.begin(endpoint, known, wish, redirect, entropy.random()));
  }

  /**
   * Begins a login at another device.
   *
   * @return fails with {@link TokenUnavailableException}
   * @throws IOException if the file of trusted certificates cannot be read
   */
  public CompletionStage<DeviceLogin> byDevice() throws IOException {
    HttpExchange exchange = endpoint.exchange();
    return endpoint
        .metadata(exchange)
        .thenCompose(known -> DeviceLogin.begin(endpoint, exchange, known, wish, entropy.clock()));
  }

  /**
   * Access tokens for a person who has logged in: a source for {@link TokenCallCredentials#of}.
   * They have the scopes that the login was granted, which may be fewer than it asked for. So none
   * are asked for here (RFC 6749, section 6).
   */
  public TokenSource refreshing(RefreshTokens tokens) {
    requireNonNull(tokens, "tokens");
    return () -> {
      String refresh = tokens.read();
      Form form = new Form().add("grant_type", "refresh_token").add("refresh_token", refresh);
      wish.addTargetTo(form);
      return endpoint
          .ask(form, List.of(refresh))
          .thenApply(LoginTokens::of)
          .thenApply(answered -> kept(answered, refresh, tokens));
    };
  }

  private static AccessToken kept(LoginTokens answered, String used, RefreshTokens tokens) {
    Optional<String> next = answered.refresh().filter(text -> !text.equals(used));
    if (next.isPresent()) {
      try {
        tokens.write(next.get());
      } catch (IOException e) {
        throw TokenFailure.notLoaded(e);
      }
    }
    return answered.access();
  }

  /** Names the client and no secret. */
  @Override
  public String toString() {
    return "UserLogin[" + endpoint + "]";
  }
}
