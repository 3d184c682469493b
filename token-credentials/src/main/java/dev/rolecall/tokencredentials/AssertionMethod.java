package dev.rolecall.tokencredentials;

import dev.rolecall.jwt.TokenSigner;
import dev.rolecall.jwt.json.ObjectBuilder;
import dev.rolecall.jwt.key.SigningKey;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A JWT that the client signs for the issuer. Its audience is the issuer as one string: an
 * assertion for a token endpoint could be used at another issuer that names the same endpoint.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7523#section-3">RFC 7523, section 3</a>
 */
final class AssertionMethod implements AuthenticationMethod {

  private static final String TYPE = "client-authentication+jwt";
  private static final String ASSERTION_TYPE =
      "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
  private static final Duration LIFE = Duration.ofSeconds(60);

  /** The place of the key. */
  interface KeySource {

    /** The key as it is now; blocks. */
    SigningKey read(SecureRandom random) throws IOException;
  }

  private final KeySource source;

  AssertionMethod(KeySource source) {
    this.source = source;
  }

  @Override
  public boolean needsIssuer() {
    return true;
  }

  @Override
  public Proof read(Client client) throws IOException {
    SigningKey key;
    try {
      key = source.read(client.entropy().random());
    } catch (IllegalArgumentException e) {
      // Its message names the rule and quotes nothing of the key.
      throw TokenFailure.lasting("the client's key cannot be used: " + e.getMessage());
    }
    return new Proof(
        List.of(),
        (form, issuer) -> {
          form.add("client_id", client.clientId())
              .add("client_assertion_type", ASSERTION_TYPE)
              .add("client_assertion", signed(key, client, issuer.orElseThrow()));
          return Optional.empty();
        });
  }

  private static String signed(SigningKey key, Client client, URI issuer) {
    long now = client.entropy().clock().instant().getEpochSecond();
    return TokenSigner.of(key)
        .sign(
            TYPE,
            new ObjectBuilder()
                .put("iss", client.clientId())
                .put("sub", client.clientId())
                .put("aud", issuer.toString())
                .put("iat", now)
                .put("exp", now + LIFE.toSeconds())
                .put("jti", identifier(client.entropy().random()))
                .build())
        .text();
  }

  /** 128 bits of chance. */
  private static String identifier(SecureRandom random) {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
