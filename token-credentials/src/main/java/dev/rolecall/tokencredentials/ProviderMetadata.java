package dev.rolecall.tokencredentials;

import dev.rolecall.jwt.json.JsonLimits;
import dev.rolecall.jwt.json.JsonReading;
import dev.rolecall.jwt.json.JsonValue;
import dev.rolecall.tokencredentials.internal.Endpoint;
import java.net.URI;
import java.util.Optional;

/**
 * The endpoints of an issuer, as it publishes them. Each that is there is protected.
 *
 * @param issuer its identifier, if it is known
 * @param token the token endpoint
 * @param mutualTls the token endpoint for clients with a certificate (RFC 8705, section 5)
 * @param authorization the endpoint that a person's browser opens
 * @param device the endpoint of the device grant
 * @param statesIssuer whether each answer by a browser names the issuer (RFC 9207)
 */
record ProviderMetadata(
    Optional<URI> issuer,
    URI token,
    Optional<URI> mutualTls,
    Optional<URI> authorization,
    Optional<URI> device,
    boolean statesIssuer) {

  private static final JsonLimits LIMITS = new JsonLimits(65_536, 8, 1_000, 20);

  /** The metadata of an issuer whose token endpoint is given. */
  static ProviderMetadata of(Optional<URI> issuer, URI token) {
    return new ProviderMetadata(
        issuer, token, Optional.empty(), Optional.empty(), Optional.empty(), false);
  }

  /** The endpoint for a client that has a certificate, or has none. */
  URI tokenFor(ClientAuthentication client) {
    return client.tls().isPresent() ? mutualTls.orElse(token) : token;
  }

  /**
   * The metadata in a document.
   *
   * @param issuer the issuer that was asked, which the document has to name letter by letter
   * @throws TokenUnavailableException if it does not, or an endpoint is not protected
   */
  static ProviderMetadata read(URI issuer, byte[] document, boolean loopbackAllowed) {
    String host = Endpoint.host(issuer);
    JsonValue.Members members =
        JsonReading.of(document, LIMITS)
            .fold(Optional::of, flaw -> Optional.<JsonValue.Members>empty())
            .orElseThrow(
                () -> TokenFailure.unreadable(host, "its metadata is not one JSON object"));
    if (!members.text("issuer").equals(Optional.of(issuer.toString()))) {
      throw TokenFailure.lasting(
          host
              + " publishes metadata of another issuer (expected: "
              + Endpoint.shown(issuer)
              + ", letter by letter); name the issuer as its metadata has it");
    }
    Document read = new Document(host, members, loopbackAllowed);
    return new ProviderMetadata(
        Optional.of(issuer),
        read.endpoint("token_endpoint")
            .orElseThrow(() -> TokenFailure.lasting(host + " publishes no token_endpoint")),
        members
            .get("mtls_endpoint_aliases")
            .filter(JsonValue.Members.class::isInstance)
            .map(JsonValue.Members.class::cast)
            .flatMap(
                aliases -> new Document(host, aliases, loopbackAllowed).endpoint("token_endpoint")),
        read.endpoint("authorization_endpoint"),
        read.endpoint("device_authorization_endpoint"),
        members
            .get("authorization_response_iss_parameter_supported")
            .equals(Optional.of(new JsonValue.Truth(true))));
  }

  /** An object with endpoints in it. */
  private record Document(String host, JsonValue.Members members, boolean loopbackAllowed) {

    Optional<URI> endpoint(String name) {
      return members.text(name).map(text -> protectedUri(name, text));
    }

    private URI protectedUri(String name, String text) {
      try {
        URI uri = URI.create(text);
        if (Endpoint.isProtected(uri, loopbackAllowed)) {
          return uri;
        }
      } catch (IllegalArgumentException e) {
        // As below.
      }
      throw TokenFailure.lasting(
          host + " publishes a " + name + " that is not used (expected: an address of https)");
    }
  }
}
