package dev.rolecall.cli.input;

import dev.rolecall.cli.failure.CommandFailure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/** A server's certificate chain and key, from two PEM files that belong together. */
public final class KeyPairFiles {

  private static final byte[] SAMPLE = "rolecall".getBytes(StandardCharsets.US_ASCII);

  private final List<X509Certificate> chain;
  private final String keyPem;

  private KeyPairFiles(List<X509Certificate> chain, String keyPem) {
    this.chain = List.copyOf(chain);
    this.keyPem = keyPem;
  }

  /**
   * Reads both.
   *
   * @throws CommandFailure if one is not what it should be, or the key is not that of the first
   *     certificate: such a server starts, and fails every handshake
   */
  public static KeyPairFiles read(
      String chainOption, Path chainFile, String keyOption, Path keyFile) {
    List<X509Certificate> chain = PemFile.certificates(chainOption, chainFile);
    String keyPem = PemFile.privateKey(keyOption, keyFile);
    if (!isPair(chain.get(0).getPublicKey(), keyPem)) {
      throw new CommandFailure(
          keyOption
              + ": "
              + keyFile
              + ": not the key of the first certificate in "
              + chainFile
              + " (expected: the server's own certificate first, and its key)");
    }
    return new KeyPairFiles(chain, keyPem);
  }

  private static boolean isPair(PublicKey certified, String keyPem) {
    try {
      PrivateKey key = key(certified, keyPem);
      Signature signature = Signature.getInstance(algorithm(certified));
      signature.initSign(key);
      signature.update(SAMPLE);
      byte[] signed = signature.sign();
      signature.initVerify(certified);
      signature.update(SAMPLE);
      return signature.verify(signed);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // A key of another kind, or no key.
      return false;
    }
  }

  private static PrivateKey key(PublicKey certified, String keyPem)
      throws GeneralSecurityException {
    return KeyFactory.getInstance(certified.getAlgorithm())
        .generatePrivate(new PKCS8EncodedKeySpec(decoded(keyPem)));
  }

  private static byte[] decoded(String pem) {
    return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
  }

  private static String algorithm(PublicKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> key.getAlgorithm();
    };
  }

  /** The chain, the server's own certificate first. */
  public List<X509Certificate> chain() {
    return chain;
  }

  /** The private key, PKCS#8 in PEM form: a secret. */
  public String keyPem() {
    return keyPem;
  }

  /** The private key itself. */
  public PrivateKey key() {
    try {
      return key(chain.get(0).getPublicKey(), keyPem);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key that signed can be read again", e);
    }
  }

  @Override
  public String toString() {
    return "KeyPairFiles[****]";
  }
}
