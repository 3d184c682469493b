package dev.rolecall.tokencredentials;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.rolecall.tokencredentials.internal.Endpoint;
import dev.rolecall.tokencredentials.internal.Form;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A login by the browser that has begun: the address to open, and what is done with the answer.
 * Good for one answer. The code is bound to this object by PKCE (RFC 7636), the answer by {@code
 * state}, the issuer by {@code iss} (RFC 9207).
 */
public final class CodeLogin {

  private static final int ENTROPY = 32;

  private final TokenEndpoint endpoint;
  private final ProviderMetadata known;
  private final URI redirect;
  private final String verifier;
  private final String state;
  private final URI address;

  private CodeLogin(
      TokenEndpoint endpoint,
      ProviderMetadata known,
      UserLogin.Wish wish,
      URI redirect,
      SecureRandom random) {
    this.endpoint = endpoint;
    this.known = known;
    this.redirect = redirect;
    this.verifier = chance(random);
    this.state = chance(random);
    this.address = address(wish);
  }

  static CodeLogin begin(
      TokenEndpoint endpoint,
      ProviderMetadata known,
      UserLogin.Wish wish,
      URI redirect,
      SecureRandom random) {
    return new CodeLogin(endpoint, known, wish, redirect, random);
  }

  private URI address(UserLogin.Wish wish) {
    URI authorization =
        known
            .authorization()
            .orElseThrow(
                () ->
                    TokenFailure.lasting(
                        Endpoint.host(known.token())
                            + " publishes no authorization_endpoint: log in at a device, if it has"
                            + " that"));
    Form query =
        new Form()
            .add("response_type", "code")
            .add("client_id", endpoint.client().clientId())
            .add("redirect_uri", redirect.toString())
            .add("state", state)
            .add("code_challenge", challenge(verifier))
            .add("code_challenge_method", "S256");
    wish.addTo(query);
    String text = authorization.toString();
    return URI.create(text + (authorization.getRawQuery() == null ? "?" : "&") + query.text());
  }

  /** The address that the person opens in a browser. It holds no secret. */
  public URI address() {
    return address;
  }

  /**
   * Whether what a browser brought is an answer to this login, by its {@code state}: any page may
   * send a browser to the redirect address. An answer that is an error is one too.
   *
   * @param answer the parameters of the request to the redirect address, each once
   */
  public boolean isAnswer(Map<String, String> answer) {
    return MessageDigest.isEqual(
        state.getBytes(US_ASCII), answer.getOrDefault("state", "").getBytes(US_ASCII));
  }

  /**
   * The tokens for what the browser brought back.
   *
   * @param answer the parameters of the request to the redirect address, each once
   * @return fails with {@link TokenUnavailableException}
   * @throws TokenUnavailableException if the answer is not to this login, or an error
   * @throws IOException if the file of trusted certificates cannot be read
   */
  public CompletionStage<LoginTokens> tokens(Map<String, String> answer) throws IOException {
    String code = code(answer);
    Form form =
        new Form()
            .add("grant_type", "authorization_code")
            .add("code", code)
            .add("redirect_uri", redirect.toString())
            .add("code_verifier", verifier);
    return endpoint.ask(form, List.of(code, verifier)).thenApply(LoginTokens::of);
  }

  private String code(Map<String, String> answer) {
    String host = Endpoint.host(known.token());
    if (!isAnswer(answer)) {
      throw TokenFailure.lasting("the browser brought the answer to another login: log in again");
    }
    Optional<String> issuer = Optional.ofNullable(answer.get("iss"));
    boolean states = known.statesIssuer() || issuer.isPresent();
    if (states && !issuer.equals(known.issuer().map(URI::toString))) {
      throw TokenFailure.lasting("the browser brought the answer of another issuer than " + host);
    }
    String error = answer.getOrDefault("error", "");
    if (!error.isEmpty()) {
      throw TokenFailure.refused(host, TokenAnswer.printable(error), "");
    }
    String code = answer.getOrDefault("code", "");
    if (code.isEmpty()) {
      throw TokenFailure.lasting("the browser brought no code from " + host + ": log in again");
    }
    return code;
  }

  private static String chance(SecureRandom random) {
    byte[] bytes = new byte[ENTROPY];
    random.nextBytes(bytes);
    return encoded(bytes);
  }

  private static String challenge(String verifier) {
    try {
      return encoded(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Names the redirect address and no secret. */
  @Override
  public String toString() {
    return "CodeLogin[" + redirect + "]";
  }
}
