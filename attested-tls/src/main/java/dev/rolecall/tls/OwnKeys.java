package dev.rolecall.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Whether each certificate that key managers have comes with its own key. TLS finds out only in the
 * handshake, and then with each client anew, in words that blame the client or the version.
 */
final class OwnKeys {

  private static final List<String> KEY_TYPES = List.of("EC", "RSA", "EdDSA");
  private static final byte[] ANYTHING = "whose key is it".getBytes(US_ASCII);

  private OwnKeys() {}

  /**
   * Signs something with each key, on this thread.
   *
   * @throws IllegalStateException if there is none, or a key is another certificate's; the message
   *     names the alias
   */
  static void require(KeyManager... managers) {
    if (managers.length == 0) {
      throw new IllegalStateException(
          "showCertificateInsteadOfAttestation: no key manager (expected: at least one)");
    }
    Stream.of(managers)
        .filter(X509KeyManager.class::isInstance)
        .map(X509KeyManager.class::cast)
        .forEach(OwnKeys::require);
  }

  private static void require(X509KeyManager keys) {
    KEY_TYPES.stream()
        .flatMap(type -> Stream.ofNullable(keys.getServerAliases(type, null)).flatMap(Stream::of))
        .distinct()
        .forEach(
            alias -> require(alias, keys.getCertificateChain(alias), keys.getPrivateKey(alias)));
  }

  private static void require(
      String alias, X509Certificate @Nullable [] chain, @Nullable PrivateKey key) {
    if (chain != null && chain.length > 0 && key != null && !areAPair(chain[0], key)) {
      throw new IllegalStateException(
          "showCertificateInsteadOfAttestation: the private key of \""
              + alias
              + "\" is not its certificate's (expected: the one that the certificate was made for)");
    }
  }

  private static boolean areAPair(X509Certificate certificate, PrivateKey key) {
    PublicKey shown = certificate.getPublicKey();
    Optional<String> algorithm = signatureOf(key.getAlgorithm());
    if (algorithm.isEmpty() || signatureOf(shown.getAlgorithm()).isEmpty()) {
      return true;
    }
    if (!algorithm.equals(signatureOf(shown.getAlgorithm()))) {
      return false;
    }
    try {
      Signature signing = Signature.getInstance(algorithm.get());
      signing.initSign(key);
      signing.update(ANYTHING);
      byte[] signature = signing.sign();
      Signature verifying = Signature.getInstance(algorithm.get());
      verifying.initVerify(shown);
      verifying.update(ANYTHING);
      return verifying.verify(signature);
    } catch (GeneralSecurityException | ProviderException e) {
      // A key in hardware, say, that signs for TLS alone: it cannot be told here, and TLS will.
      return true;
    }
  }

  private static Optional<String> signatureOf(String keyAlgorithm) {
    return switch (keyAlgorithm) {
      case "EC" -> Optional.of("SHA256withECDSA");
      case "RSA" -> Optional.of("SHA256withRSA");
      case "EdDSA", "Ed25519", "Ed448" -> Optional.of("EdDSA");
      default -> Optional.empty();
    };
  }
}
