package dev.rolecall.tokencredentials.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.rolecall.identity.internal.FileContent;
import dev.rolecall.identity.internal.PemCertificates;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The content of a PEM file. A message names the file and the rule, and quotes nothing of the
 * content.
 */
final class PemFile {

  private static final int MOST_BYTES = 1_048_576;
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519");

  private PemFile() {}

  /** The bytes of a file of at most 1 MiB. */
  static byte[] bytes(Path file) throws IOException {
    byte[] content = FileContent.bytes(file, MOST_BYTES);
    if (content.length > MOST_BYTES) {
      throw new UnusableFileException(file, "larger than 1 MiB", "a PEM file");
    }
    return content;
  }

  /** The certificates in it, at least one, in order. */
  static List<X509Certificate> certificates(Path file, byte[] content) throws IOException {
    try {
      List<X509Certificate> found = PemCertificates.in(content);
      if (!found.isEmpty()) {
        return found;
      }
    } catch (GeneralSecurityException e) {
      // Its message may quote the content.
    }
    throw new UnusableFileException(file, "no certificate", "X.509 certificates in PEM");
  }

  /** The private key in it. */
  static PrivateKey privateKey(Path file, byte[] content) throws IOException {
    Matcher key = KEY.matcher(new String(content, US_ASCII));
    if (key.find()) {
      try {
        return privateKey(Base64.getMimeDecoder().decode(key.group(1)));
      } catch (GeneralSecurityException | IllegalArgumentException e) {
        // Likewise.
      }
    }
    throw new UnusableFileException(
        file, "no private key", "PKCS#8 in PEM, BEGIN PRIVATE KEY, of RSA, EC or Ed25519");
  }

  private static PrivateKey privateKey(byte[] encoded) throws GeneralSecurityException {
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
      } catch (InvalidKeySpecException e) {
        // A key of another algorithm.
      }
    }
    throw new InvalidKeySpecException("of no known algorithm");
  }
}
