package dev.rolecall.tls;

import static java.util.Objects.requireNonNull;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Presents the newest attestation in each handshake. An alias names one generation for ever: a
 * handshake that spans a renewal gets the key and the certificate of the same one.
 */
final class RotatingKeys extends X509ExtendedKeyManager {

  private final LocalCertificate own;

  RotatingKeys(LocalCertificate own) {
    this.own = requireNonNull(own, "own");
  }

  @Override
  public @Nullable String chooseEngineClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, SSLEngine engine) {
    return choose(Arrays.stream(keyTypes), engine.getHandshakeSession());
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
    return choose(Stream.of(keyType), engine.getHandshakeSession());
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return choose(Arrays.stream(keyTypes), handshakeOf(socket));
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return choose(Stream.of(keyType), handshakeOf(socket));
  }

  private @Nullable String choose(Stream<String> keyTypes, @Nullable SSLSession handshake) {
    return Tls13.isPossibleIn(handshake) && keyTypes.anyMatch(RotatingKeys::isElliptic)
        ? own.current().alias()
        : null;
  }

  /** {@code EC}, and what providers add to it for the key exchange. */
  private static boolean isElliptic(String keyType) {
    return keyType.equals("EC") || keyType.startsWith("EC_");
  }

  private static @Nullable SSLSession handshakeOf(@Nullable Socket socket) {
    return socket instanceof SSLSocket tls ? tls.getHandshakeSession() : null;
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return aliases(keyType);
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return aliases(keyType);
  }

  private String @Nullable [] aliases(String keyType) {
    return isElliptic(keyType) ? new String[] {own.current().alias()} : null;
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    KeyedAttestation attestation = own.of(alias);
    return attestation == null ? null : new X509Certificate[] {attestation.certificate()};
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    KeyedAttestation attestation = own.of(alias);
    return attestation == null ? null : attestation.privateKey();
  }
}
