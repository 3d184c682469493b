package dev.rolecall.tokencredentials;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.rolecall.tokencredentials.internal.Form;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** A client secret, in the header or in the form. */
final class SecretMethod implements AuthenticationMethod {

  private final SecretSource source;
  private final boolean inHeader;

  /**
   * A secret.
   *
   * @param inHeader true for {@code client_secret_basic}, false for {@code client_secret_post}
   */
  SecretMethod(SecretSource source, boolean inHeader) {
    this.source = source;
    this.inHeader = inHeader;
  }

  @Override
  public Proof read(Client client) throws IOException {
    String secret = source.read();
    if (secret == null || secret.isEmpty()) {
      throw TokenFailure.lasting("the client secret is empty (expected: what the issuer gave)");
    }
    if (!inHeader) {
      return new Proof(
          List.of(secret),
          (form, issuer) -> {
            form.add("client_id", client.clientId()).add("client_secret", secret);
            return Optional.empty();
          });
    }
    String pair = Form.encode(client.clientId()) + ":" + Form.encode(secret);
    String encoded = Base64.getEncoder().encodeToString(pair.getBytes(US_ASCII));
    return new Proof(
        List.of(secret, Form.encode(secret), encoded),
        (form, issuer) -> Optional.of("Basic " + encoded));
  }

  @Override
  public String toString() {
    return "SecretMethod[****]";
  }
}
