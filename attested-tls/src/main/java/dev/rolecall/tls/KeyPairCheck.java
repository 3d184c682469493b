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
 * Checks that each private key of a key manager belongs to its certificate. TLS would find out only
 * in each client's handshake, in words that blame the client or the version.
 */
final class KeyPairCheck {

  private static final List<String> KEY_TYPES = List.of("EC", "RSA", "EdDSA");
  private static final byte[] ANYTHING = "whose key is it".getBytes(US_ASCII);

  private KeyPairCheck() {}

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
        .forEach(KeyPairCheck::require);
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
    PublicKey certified = certificate.getPublicKey();
    Optional<String> algorithm = signatureOf(key.getAlgorithm());
    if (algorithm.isEmpty() || signatureOf(certified.getAlgorithm()).isEmpty()) {
      return true;
    }
    if (!algorithm.equals(signatureOf(certified.getAlgorithm()))) {
      return false;
    }
    try {
      Signature signing = Signature.getInstance(algorithm.get());
      signing.initSign(key);
      signing.update(ANYTHING);
      byte[] signature = signing.sign();
      Signature verifying = Signature.getInstance(algorithm.get());
      verifying.initVerify(certified);
      verifying.update(ANYTHING);
      return verifying.verify(signature);
    } catch (GeneralSecurityException | ProviderException e) {
      // A key in hardware, say, that signs for TLS alone: only TLS can tell.
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
