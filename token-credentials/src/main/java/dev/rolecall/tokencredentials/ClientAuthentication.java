package dev.rolecall.tokencredentials;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.InvalidValue;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.key.SigningKey;
import dev.rolecall.tokencredentials.internal.TlsFiles;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The way in which a client proves itself to the token endpoint. Secrets and keys are read at each
 * renewal. Immutable; {@code toString} names the client and the method.
 */
public final class ClientAuthentication {

  /** VSCHAR of RFC 6749, appendix A.1. */
  private static final Pattern CLIENT_ID = Pattern.compile("[ -~]{1,512}");

  private final String clientId;
  private final AuthenticationMethod method;
  private final Optional<TlsFiles.Own> tls;

  private ClientAuthentication(
      String clientId, AuthenticationMethod method, Optional<TlsFiles.Own> tls) {
    if (!CLIENT_ID.matcher(clientId).matches()) {
      throw InvalidValue.of("client id", clientId, "1 to 512 printable characters of ASCII");
    }
    this.clientId = clientId;
    this.method = method;
    this.tls = tls;
  }

  /**
   * {@code client_secret_basic}: id and secret in the header {@code authorization}, each
   * form-encoded first (RFC 6749, section 2.3.1).
   *
   * @throws IllegalArgumentException if the id is not of 1 to 512 printable characters of ASCII
   */
  public static ClientAuthentication secretBasic(String clientId, SecretSource secret) {
    return new ClientAuthentication(
        clientId, new SecretMethod(requireNonNull(secret, "secret"), true), Optional.empty());
  }

  /**
   * {@code client_secret_post}: id and secret in the form.
   *
   * @throws IllegalArgumentException if the id is not of 1 to 512 printable characters of ASCII
   */
  public static ClientAuthentication secretPost(String clientId, SecretSource secret) {
    return new ClientAuthentication(
        clientId, new SecretMethod(requireNonNull(secret, "secret"), false), Optional.empty());
  }

  /**
   * {@code private_key_jwt} (RFC 7523): a JWT of 60 seconds for the issuer, signed with the
   * client's key. No secret leaves this process.
   *
   * @param algorithm the algorithm that the client is registered with
   * @param keyId the key's {@code kid} at the issuer; empty for its thumbprint (RFC 7638)
   * @param key PKCS#8 in PEM, not encrypted; read at each renewal
   * @throws IllegalArgumentException if the id is not of 1 to 512 printable characters of ASCII
   */
  public static ClientAuthentication privateKeyJwt(
      String clientId, Algorithm algorithm, Optional<String> keyId, Path key) {
    requireNonNull(algorithm, "algorithm");
    requireNonNull(keyId, "keyId");
    requireNonNull(key, "key");
    return new ClientAuthentication(
        clientId,
        new AssertionMethod(random -> SigningKey.fromFile(algorithm, keyId, key, random)),
        Optional.empty());
  }

  /**
   * {@code tls_client_auth} (RFC 8705): the client's certificate in the TLS handshake. The token
   * that the issuer answers may be bound to it; the channel to the server then has to present the
   * same certificate.
   *
   * @param key PKCS#8 in PEM, not encrypted
   * @param certificate the X.509 chain in PEM, the client's first; both are read at each renewal
   * @throws IllegalArgumentException if the id is not of 1 to 512 printable characters of ASCII
   */
  public static ClientAuthentication tlsClient(String clientId, Path key, Path certificate) {
    return new ClientAuthentication(
        clientId, AuthenticationMethod.IN_FORM, Optional.of(new TlsFiles.Own(key, certificate)));
  }

  /**
   * A public client, which proves nothing and names itself: for people who log in.
   *
   * @throws IllegalArgumentException if the id is not of 1 to 512 printable characters of ASCII
   */
  public static ClientAuthentication publicClient(String clientId) {
    return new ClientAuthentication(clientId, AuthenticationMethod.IN_FORM, Optional.empty());
  }

  /** The client's id, which is no secret. */
  public String clientId() {
    return clientId;
  }

  AuthenticationMethod method() {
    return method;
  }

  /** The key and certificate for TLS; empty for other methods. */
  Optional<TlsFiles.Own> tls() {
    return tls;
  }

  /** Names the client and no secret. */
  @Override
  public String toString() {
    return "ClientAuthentication[" + clientId + "]";
  }
}
