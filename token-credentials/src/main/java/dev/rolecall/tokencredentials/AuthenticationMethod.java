package dev.rolecall.tokencredentials;

import dev.rolecall.tokencredentials.internal.Form;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** One way in which a client proves itself. Safe for use by many threads. */
interface AuthenticationMethod {

  /** The client's id in the form, and nothing else: TLS proves it, or nothing does. */
  AuthenticationMethod IN_FORM =
      client -> new Proof(List.of(), (form, issuer) -> inForm(form, client.clientId()));

  /**
   * Reads what the proof is made of. Blocks on files and on code of users.
   *
   * @throws IOException if something cannot be read
   */
  Proof read(Client client) throws IOException;

  /** Whether it needs the issuer's identifier. */
  default boolean needsIssuer() {
    return false;
  }

  /**
   * The client and what it is given.
   *
   * @param clientId its id
   * @param entropy the sources of time and chance
   */
  record Client(String clientId, Entropy entropy) {}

  /**
   * A client's proof, ready to be put into a request.
   *
   * @param secrets texts that no message may show
   * @param writing puts it there
   */
  record Proof(List<String> secrets, Writing writing) {
    @Override
    public String toString() {
      return "Proof[****]";
    }
  }

  /** Puts a proof into a request. Does not block. */
  @FunctionalInterface
  interface Writing {

    /**
     * Adds to the form.
     *
     * @param issuer the issuer's identifier, if it is known
     * @return the header {@code authorization}; empty for none
     */
    Optional<String> write(Form form, Optional<URI> issuer);
  }

  private static Optional<String> inForm(Form form, String clientId) {
    form.add("client_id", clientId);
    return Optional.empty();
  }
}
